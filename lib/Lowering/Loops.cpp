//===- Loops.cpp - while, do and for --------------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop keeps its keyword, its condition and its shape; its body is lowered
// statement by statement:
//
//   for (int i = 0; i < n; ++i) {         i = 0;
//     std::string s = name(i);            for (; i < n; ++i) {
//     weft::yield(s);               =>      ::new (...) std::string(name(i)); ...
//     if (s.empty()) continue;              return weft_yield(1, s);
//   }                                     suspended_1:
//                                           weft_resumed();
//                                           if (s.empty()) { weft_unwind(0); continue; }
//                                           weft_unwind(0);
//                                         }
//
// A condition that suspends moves into the loop: `for (;;) { ...; if (!(c)) break;`.
// Each round of a green function's loops begins with a checkpoint.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

void FunctionLowering::breakIf(const std::string &Cond, std::vector<VarId> Uses,
                               unsigned Level, unsigned Line, Nodes &Out) {
  Node Stop;
  Stop.What = Node::Kind::If;
  Stop.Text = Piece{"if (" + Cond + ")", Line};
  Stop.Uses = std::move(Uses);
  Node Break;
  Break.What = Node::Kind::Jump;
  Break.Text.Line = Line;
  Break.Exits.push_back({Exit::Kind::Break, ""});
  Break.Level = Level;
  Break.From = Alive;
  Stop.Body.push_back(std::move(Break));
  Out.push_back(std::move(Stop));
}

void FunctionLowering::breakUnless(const std::string &Cond, std::vector<VarId> Uses,
                                   unsigned Level, unsigned Line, Nodes &Out) {
  breakIf("!(" + Cond + ")", std::move(Uses), Level, Line, Out);
}

void FunctionLowering::continueHere(const std::string &Label, unsigned Line,
                                    Nodes &Out) {
  Node At = text(Label + ":", Line);
  At.What = Node::Kind::Label;
  At.Exits.push_back({Exit::Kind::Goto, Label});
  Out.push_back(std::move(At));
  LevelOfLabel[Label] = Alive;
}

void FunctionLowering::checkpoint(SourceLocation Where, Nodes &Out) {
  Node N;
  N.What = Node::Kind::Suspend;
  N.Point = addPoint(SuspensionPoint::Kind::Checkpoint, Where);
  N.Text.Line = line(Where);
  Out.push_back(std::move(N));
}

void FunctionLowering::checkpointOf(const Stmt *S, Nodes &Out) {
  if (Suspends.hasCheckpoint(S))
    checkpoint(S->getBeginLoc(), Out);
}

void FunctionLowering::lowerWhile(const WhileStmt *S, Nodes &Out) {
  unsigned Line = line(S->getBeginLoc());
  Node N;
  N.What = Node::Kind::Loop;
  Breaks.push_back({Alive, "", nullptr});
  Continues.push_back({Alive, "", nullptr});
  const VarDecl *V = S->getConditionVariable();
  if (!V && !Suspends.contains(S->getCond())) {
    N.Uses = edit(S->getCond());
    N.Text = Text.render(SourceRange(S->getWhileLoc(), S->getRParenLoc()));
    checkpointOf(S, N.Body);
    lowerInBlock(S->getBody(), N.Body);
  } else {
    llvm::SaveAndRestore<ScopeId> InScope(Scope, newScope(Line));
    unsigned Level = Alive;
    N.Text = Piece{"for (;;)", Line};
    N.Endless = true;
    std::vector<VarId> Uses;
    Piece Cond;
    if (V) {
      lowerDeclarations(S->getConditionVariableDeclStmt(), N.Body);
      Uses = edit(S->getCond());
      Cond = conditionVariable(V, Line, Uses);
    } else {
      Cond = condition(S->getCond(), N.Body, Uses);
    }
    breakUnless(Cond.Text, std::move(Uses), Level, Cond.Line, N.Body);
    checkpointOf(S, N.Body);
    lowerInBlock(S->getBody(), N.Body);
    unwindTo(Level, N.Body, line(S->getEndLoc()));
  }
  Breaks.pop_back();
  Continues.pop_back();
  Out.push_back(std::move(N));
}

void FunctionLowering::lowerDo(const DoStmt *S, Nodes &Out) {
  Node N;
  N.What = Node::Kind::Loop;
  N.Text = Piece{"do", line(S->getBeginLoc())};
  bool Splits = Suspends.contains(S->getCond());
  bool Used = false;
  std::string Label = Splits ? uniqueName("continue_1") : "";
  Breaks.push_back({Alive, "", nullptr});
  Continues.push_back({Alive, Label, &Used});
  checkpointOf(S, N.Body);
  if (Splits) {
    // What stands behind the body is not to jump over its variables.
    Node Inner;
    Inner.What = Node::Kind::Block;
    Inner.Text.Line = line(S->getBody()->getBeginLoc());
    lowerInBlock(S->getBody(), Inner.Body);
    N.Body.push_back(std::move(Inner));
  } else {
    lowerInBlock(S->getBody(), N.Body);
  }
  Breaks.pop_back();
  Continues.pop_back();
  unsigned Line = line(S->getWhileLoc());
  Piece Cond;
  std::vector<VarId> Uses;
  if (Splits && Used)
    continueHere(Label, Line, N.Body);
  if (Splits) {
    // The condition is outside the body's block but inside the loop.
    N.Text.Text = "for (;;)";
    N.Endless = true;
    Cond = condition(S->getCond(), N.Body, Uses);
    breakUnless(Cond.Text, std::move(Uses), Alive, Cond.Line, N.Body);
  } else {
    N.Uses = edit(S->getCond());
    N.Tail = "while (" + Text.text(S->getCond()->getSourceRange()) + ");";
  }
  Out.push_back(std::move(N));
}

void FunctionLowering::lowerFor(const ForStmt *S, Nodes &Out) {
  unsigned Line = line(S->getBeginLoc());
  llvm::SaveAndRestore<ScopeId> InScope(Scope, newScope(Line));
  unsigned Level = Alive;
  Nodes Own;
  if (S->getInit())
    lower(S->getInit(), Own);

  Node N;
  N.What = Node::Kind::Loop;
  const Expr *Cond = S->getCond();
  const VarDecl *V = S->getConditionVariable();
  bool SplitCond = Cond && (V || Suspends.contains(Cond));
  bool SplitInc = S->getInc() && Suspends.contains(S->getInc());
  std::string Header = "for (;";
  auto Add = [&](const Expr *Part) { // On the line where the source has it.
    const size_t Lines = llvm::count(Header, '\n');
    const unsigned Start = line(Part->getBeginLoc());
    Header += Start > Line + Lines ? std::string(Start - Line - Lines, '\n') : " ";
    Header += Text.text(Part->getSourceRange());
  };
  if (Cond && !SplitCond) {
    N.Uses = edit(Cond);
    Add(Cond);
  }
  Header += ";";
  if (S->getInc() && !SplitInc && !V) {
    for (VarId Id : edit(S->getInc()))
      N.Uses.push_back(Id);
    Add(S->getInc());
  }
  N.Text = Piece{Header + ")", Line};
  N.Endless = !Cond || SplitCond;

  bool IncInBody = S->getInc() && (SplitInc || V);
  bool Used = false;
  std::string Label = IncInBody ? uniqueName("continue_1") : "";
  unsigned Body = Alive;
  Breaks.push_back({Body, "", nullptr});
  if (SplitCond) {
    std::vector<VarId> Uses;
    Piece Test;
    if (V) {
      lowerDeclarations(S->getConditionVariableDeclStmt(), N.Body);
      Test = conditionVariable(V, Line, Uses);
    } else {
      Test = condition(Cond, N.Body, Uses);
    }
    breakUnless(Test.Text, std::move(Uses), Body, Test.Line, N.Body);
  }
  checkpointOf(S, N.Body);
  // The condition's variable lives through the increment ([stmt.for]/1).
  Continues.push_back({IncInBody ? Alive : Body, Label, &Used});
  if (isa<CompoundStmt>(S->getBody()) && !IncInBody && !SplitCond) {
    lowerInBlock(S->getBody(), N.Body);
  } else {
    Node Inner;
    Inner.What = Node::Kind::Block;
    Inner.Text.Line = line(S->getBody()->getBeginLoc());
    lowerInBlock(S->getBody(), Inner.Body);
    if (IncInBody)
      N.Body.push_back(std::move(Inner));
    else
      llvm::move(Inner.Body, std::back_inserter(N.Body));
  }
  Continues.pop_back();
  if (IncInBody) {
    if (Used)
      continueHere(Label, Line, N.Body);
    lowerExpressionStatement(S->getInc(), N.Body);
  }
  unwindTo(Body, N.Body, line(S->getEndLoc()));
  Breaks.pop_back();
  Own.push_back(std::move(N));
  unwindTo(Level, Own, line(S->getEndLoc()));
  llvm::move(Own, std::back_inserter(Out));
}
