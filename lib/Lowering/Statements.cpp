//===- Statements.cpp - Blocks, branches, labels, jumps -------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A statement that suspends keeps its keyword, its condition and its shape; its
// body is lowered statement by statement. What its condition needs first stands in
// front of it:
//
//   if (f()) g();        { if (weft_call(1, f_fiber(result))) ...; if (result) g(); }
//
// A green function begins with a checkpoint; what makes a loop by a `goto` has one
// in front of that.
//
//===----------------------------------------------------------------------===//

#include "Analysis/DeducedResult.h"
#include "Analysis/NodeKinds.h"
#include "Lowering/FiberCall.h"
#include "Support/AstVisitor.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

Node FunctionLowering::text(std::string Text, unsigned Line) const {
  Node N;
  N.Text = Piece{std::move(Text), Line};
  return N;
}

void FunctionLowering::reject(const Stmt *S, Diag Id, llvm::StringRef What) {
  auto Builder = Report.report(S->getBeginLoc(), Id);
  if (!What.empty())
    Builder << What;
  Builder << S->getSourceRange();
  Failed = true;
}

bool FunctionLowering::needsSemicolon(const Stmt *S) const {
  if (isa<Expr, DoStmt, ReturnStmt, BreakStmt, ContinueStmt, GotoStmt,
          IndirectGotoStmt, GCCAsmStmt>(S))
    return true;
  if (const auto *If = dyn_cast<IfStmt>(S))
    return needsSemicolon(If->getElse() ? If->getElse() : If->getThen());
  if (const auto *While = dyn_cast<WhileStmt>(S))
    return needsSemicolon(While->getBody());
  if (const auto *For = dyn_cast<ForStmt>(S))
    return needsSemicolon(For->getBody());
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(S))
    return needsSemicolon(Range->getBody());
  if (const auto *Switch = dyn_cast<SwitchStmt>(S))
    return needsSemicolon(Switch->getBody());
  if (const auto *Label = dyn_cast<LabelStmt>(S))
    return needsSemicolon(Label->getSubStmt());
  if (const auto *Case = dyn_cast<SwitchCase>(S))
    return needsSemicolon(Case->getSubStmt());
  if (const auto *Attributed = dyn_cast<AttributedStmt>(S))
    return needsSemicolon(Attributed->getSubStmt());
  return false;
}

SourceRange FunctionLowering::wholeStatement(const Stmt *S) const {
  SourceRange R = S->getSourceRange();
  if (needsSemicolon(S)) {
    SourceLocation Next = Text.next(R.getEnd());
    if (Next.isValid() && Text.spelling(Next) == ";")
      R.setEnd(Next);
  }
  return R;
}

void FunctionLowering::unwindTo(unsigned Level, Nodes &Out, unsigned Line) {
  if (Alive <= Level)
    return;
  Node N;
  N.What = Node::Kind::Unwind;
  N.Level = Level;
  N.From = Alive;
  N.Text.Line = Line;
  Out.push_back(std::move(N));
  Alive = Level;
}

void FunctionLowering::verbatim(const Stmt *S, Nodes &Out) {
  Node N;
  Nodes Stubs;
  N.Uses = edit(S, &N.Exits, &Stubs);
  N.Text = Text.render(wholeStatement(S));
  if (!N.Text.Text.empty())
    Out.push_back(std::move(N));
  for (Node &Stub : Stubs)
    Out.push_back(std::move(Stub));
}

void FunctionLowering::lower(const Stmt *S, Nodes &Out) {
  if (isa<ReturnStmt>(S))
    return lowerReturn(cast<ReturnStmt>(S), Out);
  if (isa<BreakStmt, ContinueStmt, GotoStmt>(S))
    return lowerJump(S, Out);
  if (const auto *D = dyn_cast<DeclStmt>(S))
    return lowerDeclarations(D, Out);
  if (const auto *Label = dyn_cast<LabelStmt>(S)) {
    Node N = text(Label->getName() + std::string(":"), line(S->getBeginLoc()));
    N.What = Node::Kind::Label;
    N.Exits.push_back({Exit::Kind::Goto, Label->getName()});
    Out.push_back(std::move(N));
    LevelOfLabel[Label->getName()] = Alive;
    return lower(Label->getSubStmt(), Out);
  }
  if (const auto *Case = dyn_cast<SwitchCase>(S)) {
    edit(isa<CaseStmt>(Case) ? cast<CaseStmt>(Case)->getLHS() : nullptr);
    Node N;
    N.What = Node::Kind::Case;
    N.Text = Text.render(SourceRange(Case->getBeginLoc(), Case->getColonLoc()));
    N.HasDefault = isa<DefaultStmt>(Case);
    Out.push_back(std::move(N));
    return lower(Case->getSubStmt(), Out);
  }
  if (!Suspends.contains(S))
    return verbatim(S, Out);

  if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
    Node N;
    N.What = Node::Kind::Block;
    N.Text.Line = line(S->getBeginLoc());
    lowerCompound(Block, N.Body);
    Out.push_back(std::move(N));
  } else if (const auto *If = dyn_cast<IfStmt>(S)) {
    lowerIf(If, Out);
  } else if (const auto *While = dyn_cast<WhileStmt>(S)) {
    lowerWhile(While, Out);
  } else if (const auto *Do = dyn_cast<DoStmt>(S)) {
    lowerDo(Do, Out);
  } else if (const auto *For = dyn_cast<ForStmt>(S)) {
    lowerFor(For, Out);
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
    lowerRangeFor(Range, Out);
  } else if (const auto *Switch = dyn_cast<SwitchStmt>(S)) {
    lowerSwitch(Switch, Out);
  } else if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
    lowerTry(Try, Out);
  } else if (const auto *Attributed = dyn_cast<AttributedStmt>(S)) {
    lower(Attributed->getSubStmt(), Out);
  } else if (const auto *E = dyn_cast<Expr>(S)) {
    lowerExpressionStatement(E, Out);
  } else {
    reject(S, Diag::UnsupportedSuspension, kindOf(S).Words);
  }
}

void FunctionLowering::lowerCompound(const CompoundStmt *S, Nodes &Out) {
  llvm::SaveAndRestore<ScopeId> InScope(Scope, newScope(line(S->getBeginLoc())));
  unsigned Level = Alive;
  SourceLocation Last = S->getLBracLoc();
  auto add = [&](Piece &Comment) {
    Node N;
    N.Text = std::move(Comment);
    Out.push_back(std::move(N));
  };
  for (auto It = S->body_begin(); It != S->body_end(); ++It) {
    for (Piece &Comment : Text.comments(Last, (*It)->getBeginLoc()))
      if (Comment.Line != line(Last) || It == S->body_begin())
        add(Comment);
    // What stands behind a statement on its line goes in front of what the
    // statement becomes.
    Last = wholeStatement(*It).getEnd();
    SourceLocation Next =
        It + 1 == S->body_end() ? S->getRBracLoc() : (*(It + 1))->getBeginLoc();
    for (Piece &Comment : Text.comments(Last, Next))
      if (Comment.Line == line(Last))
        add(Comment);
    // `[[fallthrough]];` has to come last.
    if (const auto *Attributed = dyn_cast<AttributedStmt>(*It);
        Attributed && isa<NullStmt>(Attributed->getSubStmt()) &&
        It + 1 == S->body_end())
      unwindTo(Level, Out, line((*It)->getBeginLoc()));
    lower(*It, Out);
  }
  for (Piece &Comment : Text.comments(Last, S->getRBracLoc()))
    if (Comment.Line != line(Last) || S->body_empty())
      add(Comment);
  unwindTo(Level, Out, line(S->getRBracLoc()));
}

/// A statement that is the body of another: a block of its own.
void FunctionLowering::lowerInBlock(const Stmt *S, Nodes &Out) {
  if (const auto *Block = dyn_cast<CompoundStmt>(S))
    return lowerCompound(Block, Out);
  llvm::SaveAndRestore<ScopeId> InScope(Scope, newScope(line(S->getBeginLoc())));
  unsigned Level = Alive;
  lower(S, Out);
  unwindTo(Level, Out, line(S->getEndLoc()));
}

/// The built-in logical operation that \p E is, but for conversions.
static const Expr *lastOperand(const Expr *E) {
  if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
    E = Cleanups->getSubExpr();
  return E->IgnoreParenImpCasts();
}

Piece FunctionLowering::condition(const Expr *Cond, Nodes &Out,
                                  std::vector<VarId> &Uses, bool OfSwitch) {
  unsigned Level = Alive;
  const bool Depends = Cond->isTypeDependent();
  const std::string Type =
      Depends && OfSwitch ? "std::decay_t<decltype((" + typeOnlyText(Cond) + "))>" : "";
  LastOperand = lastOperand(Cond);
  Piece Result = expression(Cond, Out, Uses);
  LastOperand = nullptr;
  if (Alive == Level)
    return Result;
  // Temporaries of the condition end with it, not with the statement.
  if (Depends && OfSwitch) {
    VarId Id = hidden("condition", Context.DependentTy, "a condition", Result.Line);
    Variable &V = F.Variables[Id];
    V.Type = nameType(V.Name, Type);
    construct(Id, "[&]() -> " + V.Type + " { return " + Result.Text + "; }", Uses, Level,
              Result.Line, Out);
    Uses = {Id};
    return Piece{F.Variables[Id].Name, Result.Line};
  }
  if (Depends)
    Result.Text = "static_cast<bool>(" + Result.Text + ")";
  bool IsBool = Depends || Cond->getType()->isBooleanType();
  VarId Id = hidden("condition", IsBool ? Context.BoolTy
                                        : Cond->getType().getUnqualifiedType(),
                    "a condition", Result.Line);
  Node Assign = text(F.Variables[Id].Name + " = " + Result.Text + ";", Result.Line);
  Assign.Uses = Uses;
  Assign.Defines = {Id};
  Out.push_back(std::move(Assign));
  unwindTo(Level, Out, Result.Line);
  Uses = {Id};
  return Piece{F.Variables[Id].Name, Result.Line};
}

Piece FunctionLowering::conditionVariable(const VarDecl *V, unsigned Line,
                                          std::vector<VarId> &Uses) {
  if (!isLifted(V))
    return Piece{V->getName().str(), Line};
  Variable &Held = F.Variables[Lifted[V]];
  Held.Mentioned = true;
  Uses.push_back(Lifted[V]);
  return Piece{(Held.isIndirect() ? "*" : "") + Held.Name, Line};
}

Node FunctionLowering::block(Nodes Body, unsigned Line) {
  Node Block;
  Block.What = Node::Kind::Block;
  Block.Text.Line = Line;
  Block.Body = std::move(Body);
  return Block;
}

void FunctionLowering::lowerIf(const IfStmt *S, Nodes &Out) {
  if (S->isConsteval()) {
    reject(S, Diag::UnsupportedSuspension, "'if consteval'");
    return;
  }
  unsigned Line = line(S->getBeginLoc());
  llvm::SaveAndRestore<ScopeId> InScope(Scope);
  unsigned Level = Alive;
  Nodes Own;
  bool HasScope = S->getInit() || S->getConditionVariable();
  if (HasScope)
    Scope = newScope(Line);
  if (S->getInit())
    lower(S->getInit(), Own);

  Node N;
  N.What = Node::Kind::If;
  N.Barrier = S->isConstexpr();
  N.HasElse = S->getElse();
  if (S->getConditionVariable())
    lowerDeclarations(S->getConditionVariableDeclStmt(), Own);
  if (!HasScope && !Suspends.contains(S->getCond())) {
    N.Uses = edit(S->getCond());
    N.Text = Text.render(SourceRange(S->getIfLoc(), S->getRParenLoc()));
  } else {
    Piece Cond = condition(S->getCond(), Own, N.Uses);
    if (const VarDecl *V = S->getConditionVariable())
      Cond = conditionVariable(V, Line, N.Uses);
    N.Text = Piece{(S->isConstexpr() ? "if constexpr (" : "if (") + Cond.Text + ")",
                   Cond.Line};
  }
  lowerBranch(S, true, N.Body);
  // `else if` stays one, when its condition needs nothing in front.
  if (S->getElse())
    lowerBranch(S, false, N.Else);
  Own.push_back(std::move(N));
  unwindTo(Level, Own, line(S->getEndLoc()));
  if (HasScope)
    Out.push_back(block(std::move(Own), Line));
  else
    llvm::move(Own, std::back_inserter(Out));
}

void FunctionLowering::lowerSwitch(const SwitchStmt *S, Nodes &Out) {
  unsigned Line = line(S->getBeginLoc());
  llvm::SaveAndRestore<ScopeId> InScope(Scope, newScope(Line));
  unsigned Level = Alive;
  Nodes Own;
  if (S->getInit())
    lower(S->getInit(), Own);
  Node N;
  N.What = Node::Kind::Switch;
  for (const SwitchCase *C = S->getSwitchCaseList(); C; C = C->getNextSwitchCase())
    N.HasDefault |= isa<DefaultStmt>(C);
  Piece Operand;
  if (const VarDecl *V = S->getConditionVariable()) {
    lowerDeclarations(S->getConditionVariableDeclStmt(), Own);
    Operand = conditionVariable(V, Line, N.Uses);
  } else {
    Operand = condition(S->getCond(), Own, N.Uses, /*OfSwitch=*/true);
  }
  N.Text = Piece{"switch (" + Operand.Text + ")", Operand.Line};
  Breaks.push_back({Alive, "", nullptr});
  if (!Continues.empty())
    Continues.push_back(Continues.back());
  lowerInBlock(S->getBody(), N.Body);
  if (!Continues.empty())
    Continues.pop_back();
  Breaks.pop_back();
  Own.push_back(std::move(N));
  unwindTo(Level, Own, line(S->getEndLoc()));
  if (S->getInit() || S->getConditionVariable())
    Out.push_back(block(std::move(Own), Line));
  else
    llvm::move(Own, std::back_inserter(Out));
}

void FunctionLowering::lowerJump(const Stmt *S, Nodes &Out) {
  unsigned Line = line(S->getBeginLoc());
  if (isa<BreakStmt>(S))
    return jump({Exit::Kind::Break, ""}, Breaks.empty() ? 0 : Breaks.back().Level,
                Line, Out);
  if (isa<ContinueStmt>(S)) {
    JumpTarget &Target = Continues.back();
    if (Target.Label.empty())
      return jump({Exit::Kind::Continue, ""}, Target.Level, Line, Out);
    *Target.Used = true;
    return jump({Exit::Kind::Goto, Target.Label}, Target.Level, Line, Out);
  }
  checkpointOf(S, Out);
  jump({Exit::Kind::Goto, cast<GotoStmt>(S)->getLabel()->getName().str()}, 0, Line,
       Out);
}

void FunctionLowering::lowerExpressionStatement(const Expr *E, Nodes &Out) {
  // Its temporaries share storage with those of other statements.
  llvm::SaveAndRestore<ScopeId> InScope(Scope, newScope(line(E->getBeginLoc())));
  unsigned Level = Alive;
  std::vector<VarId> Uses;
  const Expr *Bare = droppedOperand(E);
  if (isSplitConditional(Bare)) {
    llvm::SaveAndRestore<unsigned> Own(Pending, countSuspensions(E));
    LastOperand = Bare;
    give({}, Bare, Out);
    LastOperand = nullptr;
    return unwindTo(Level, Out, line(E->getEndLoc()));
  }
  ResultIsKept = isFiberCall(Bare);
  Piece Rest = expression(E, Out, Uses);
  // A suspension whose value nobody wants leaves nothing behind.
  Bare = Bare->IgnoreParenImpCasts();
  auto Suspended = Suspends.at(Bare);
  if (Suspended && Suspended->What == SuspensionPoint::Kind::Await &&
      !Suspended->Received->isScalarType()) {
    // The object is received, if only to be dropped.
    Rest.Text = "static_cast<void>(" + Rest.Text + ")";
    Suspended.reset();
  }
  if (Suspended && Suspended->What == SuspensionPoint::Kind::Wait)
    Suspended.reset(); // Taking the value may throw.
  if (Suspends.contains(Bare) && commaOf(Bare))
    // What is left of it may be the name of a result.
    Rest.Text = "static_cast<void>(" + Rest.Text + ")";
  if (!Suspended) {
    Rest.Text += ";";
    Node N;
    N.Text = std::move(Rest);
    N.Uses = std::move(Uses);
    Out.push_back(std::move(N));
  }
  unwindTo(Level, Out, line(E->getEndLoc()));
}

void FunctionLowering::resolveLabels(Nodes &List) {
  for (Node &N : List) {
    bool Jumps = N.What == Node::Kind::Jump || N.What == Node::Kind::Stub;
    if (Jumps && !N.Exits.empty() && N.Exits[0].What == Exit::Kind::Goto)
      N.Level = std::min(LevelOfLabel[N.Exits[0].Label], N.From);
    resolveLabels(N.Body);
    resolveLabels(N.Else);
    resolveLabels(N.Handlers);
  }
}

void FunctionLowering::checkComplete(const Stmt *S) {
  if (!S || !Suspends.contains(S) || Discarded.count(S))
    return;
  if (auto Found = Suspends.at(S); Found && !LoweredCalls.count(Found->Call))
    return reject(S, Diag::UnsupportedSuspension, "this place");
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    for (const Expr *Init : Lambda->capture_inits())
      checkComplete(Init);
    return;
  }
  for (const Stmt *Child : S->children())
    checkComplete(Child);
}

std::optional<Flow> FunctionLowering::run(std::string FrameName) {
  F.FrameName = std::move(FrameName);
  const FunctionDecl *Function = What.Function;
  const Stmt *Body = Function->getBody(); // A block or a function-try-block.
  F.FunctionName = Function->getQualifiedNameAsString();
  F.IsFiber = What.IsFiber;
  F.IsAsync = What.Type.IsAsync;
  F.IsMain = Function->isMain();
  const auto *Type = Function->getType()->getAs<FunctionProtoType>();
  if (What.IsFiber && Type && Type->hasDependentExceptionSpec())
    F.Noexcept = Text.text(Function->getExceptionSpecSourceRange());
  else if (What.IsFiber && Type && Type->isNothrow())
    F.Noexcept = "noexcept";
  if (What.IsFiber)
    F.ReturnType = !What.Lambda && deducesResult(Function)
                       ? resultTypeOf(Function, Text)
                       : Types.type(TypeSpelling::deduced(What.Type.Returns));
  if (What.Lambda)
    F.FunctionName = "lambda";
  F.Line = line(Function->getLocation());
  F.Scopes.push_back({std::nullopt, F.Line});
  if (What.IsGreen)
    Suspends.addCheckpoints(Body);
  collectNames();
  if (Failed)
    return std::nullopt;

  bool Bundle = llvm::any_of(F.Parameters,
                             [](const FrameParameter &P) { return P.InBundle; });
  if (Bundle)
    F.BundleAlive = Alive = ++LastAlive;
  if (What.IsGreen)
    checkpoint(Body->getBeginLoc(), F.Body);
  lowerInBlock(Body, F.Body);
  Alive = 0;
  if (!Failed)
    checkComplete(Body);
  resolveLabels(F.Body);
  F.AliveCount = LastAlive;
  if (LastAlive > 255) {
    F.AliveType = "std::uint16_t";
    for (Variable &V : F.Variables)
      if (V.IsArm) {
        V.Declarator = F.AliveType + " " + V.Name;
        V.Size = V.Align = 2;
      }
  }
  if (Failed)
    return std::nullopt;
  return std::move(F);
}
