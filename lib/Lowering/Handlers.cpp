//===- Handlers.cpp - Suspensions in try blocks and in handlers ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nothing may jump into a try block or a handler ([except.pre]/2), so both are
// entered as the language does:
//
//   try_1:
//     try {
//       if (weft_at == 2)                       // paused in the handler:
//         std::rethrow_exception(caught.value); //   enter it again
//       const weft::unwinder weft_scope(*this, 1);
//       switch (weft_at) { case 1: goto suspended_1; }
//       ...
//     } catch (const timeout& e) {
//       switch (weft_at) { case 2: goto suspended_2; }
//       caught = std::current_exception();
//       ...                                     // verbatim: e, throw;, nesting
//     }
//
// A handler that pauses keeps its exception in the frame and, when resumed, is
// entered by throwing it again: it has the same type, so the same handler takes
// it, `e` is bound to the same object, and `throw;` and
// std::current_exception() mean what they meant.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

void FunctionLowering::jump(Exit Way, unsigned Level, unsigned Line, Nodes &Out) {
  Node N;
  N.What = Node::Kind::Jump;
  N.Text.Line = Line;
  N.Level = Level;
  N.From = Alive;
  bool LeavesHandler =
      !HandlerLevels.empty() &&
      (Way.What == Exit::Kind::Goto || Way.What == Exit::Kind::Return ||
       (Way.What == Exit::Kind::Break && HandlerLevels.back().Breaks == Breaks.size()) ||
       (Way.What == Exit::Kind::Continue &&
        HandlerLevels.back().Continues == Continues.size()));
  if (LeavesHandler && HandlerLevels.back().Level != 0 && !Labels.count(Way.Label)) {
    // The exception dies before what is outside the handler.
    std::string Name = uniqueName("leave_1");
    HandlerExits.push_back({Name, Way, Level, Line});
    N.Exits.push_back({Exit::Kind::Goto, Name});
    LevelOfLabel[Name] = HandlerLevels.back().Level;
    Out.push_back(std::move(N));
    return;
  }
  N.Exits.push_back(std::move(Way));
  Out.push_back(std::move(N));
}

void FunctionLowering::lowerTry(const CXXTryStmt *S, Nodes &Out) {
  Node N;
  N.What = Node::Kind::Try;
  N.Barrier = true;
  N.Level = Alive;
  N.Text.Line = line(S->getTryLoc());
  unsigned Level = Alive;
  lowerInBlock(S->getTryBlock(), N.Body);
  Alive = Level;
  std::vector<HandlerExit> Outer;
  std::swap(Outer, HandlerExits);
  for (unsigned I = 0; I < S->getNumHandlers(); ++I) {
    N.Handlers.push_back(lowerHandler(S->getHandler(I)));
    Alive = Level;
  }
  Out.push_back(std::move(N));
  std::swap(Outer, HandlerExits);
  for (HandlerExit &Each : Outer) {
    Node Stub;
    Stub.What = Node::Kind::Stub;
    Stub.Text = Piece{Each.Label, Each.Line};
    jump(Each.Way, Each.Level, Each.Line, Stub.Body);
    Out.push_back(std::move(Stub));
  }
}

/// Adds the names of the labels in \p S.
static void collectLabels(const Stmt *S, std::set<std::string> &Names) {
  if (!S)
    return;
  if (const auto *Label = dyn_cast<LabelStmt>(S))
    Names.insert(Label->getName());
  for (const Stmt *Child : S->children())
    collectLabels(Child, Names);
}

Node FunctionLowering::lowerHandler(const CXXCatchStmt *S) {
  llvm::SaveAndRestore<std::set<std::string>> Inside(Labels, {});
  collectLabels(S->getHandlerBlock(), Labels);
  Node N;
  N.What = Node::Kind::Handler;
  N.Level = Alive;
  N.Resumes = Suspends.contains(S->getHandlerBlock());
  const VarDecl *D = S->getExceptionDecl();
  unsigned Line = line(S->getCatchLoc());
  SourceRange Head(S->getCatchLoc(), S->getHandlerBlock()->getBeginLoc());
  if (!N.Resumes) {
    N.Text = Piece{"catch (...)", Line};
    if (D)
      N.Text.Text = "catch (" + Text.text(D->getSourceRange()) + ")";
    llvm::SaveAndRestore<ScopeId> InScope(Scope, newScope(Line));
    Nodes Body;
    HandlerLevels.push_back({Alive, unsigned(Breaks.size()), unsigned(Continues.size())});
    // A block of its own text; its braces are the handler's.
    const auto *Block = cast<CompoundStmt>(S->getHandlerBlock());
    lowerCompound(Block, Body);
    HandlerLevels.pop_back();
    N.Body = std::move(Body);
    return N;
  }

  llvm::SaveAndRestore<ScopeId> InScope(Scope, newScope(Line));
  unsigned Level = Alive;
  HandlerLevels.push_back({Level, unsigned(Breaks.size()), unsigned(Continues.size())});

  Variable Saved;
  Saved.Name = uniqueName("caught");
  Saved.As = Form::Object;
  Saved.Type = "std::exception_ptr";
  Saved.Bound = "auto& " + Saved.Name;
  Saved.Extra = "the exception being handled";
  Saved.Line = Line;
  Saved.Scope = Scope;
  Saved.Escapes = Saved.HasDestructor = true;
  Saved.Stored = uniqueName(Saved.Name + "_slot");
  Saved.Outer = Alive;
  Saved.Alive = ++LastAlive;
  Saved.Size = Saved.Align = 8;
  F.Variables.push_back(Saved);
  VarId Id = F.Variables.size() - 1;
  Alive = F.Variables[Id].Alive;
  N.Vars = {Id};

  if (!D) {
    N.Text = Piece{"catch (...)", Line};
  } else if (D->getType()->isReferenceType() || !D->getIdentifier()) {
    edit(nullptr);
    N.Text = Piece{"catch (" + Text.text(D->getSourceRange()) + ")", Line};
  } else {
    // A parameter by value is an object of the handler's: it is made once.
    lift(D);
    VarId Param = Lifted[D];
    F.Variables[Param].Scope = Scope;
    F.Variables[Param].Escapes = true;
    F.Variables[Param].Mentioned = true;
    std::string Caught = uniqueName(F.Variables[Param].Name + "_thrown");
    QualType T = D->getType();
    bool IsClass = T->isRecordType();
    QualType As = IsClass ? Context.getLValueReferenceType(T) : T;
    N.Text = Piece{"catch (" + Types.declarator(As, Caught) + ")", Line};
    if (F.Variables[Param].As == Form::Scalar) {
      Node Set = text((F.Variables[Param].IsConst ? F.Variables[Param].Stored
                                                 : F.Variables[Param].Name) +
                        " = " + Caught + ";", Line);
      Set.Defines = {Param};
      N.Body.push_back(std::move(Set));
      N.Tail = Caught;
    } else {
      construct(Param, "(" + Caught + ")", {}, Alive, Line, N.Body);
    }
  }
  lowerCompound(cast<CompoundStmt>(S->getHandlerBlock()), N.Body);
  unwindTo(Level, N.Body, line(S->getHandlerBlock()->getEndLoc()));
  HandlerLevels.pop_back();
  return N;
}
