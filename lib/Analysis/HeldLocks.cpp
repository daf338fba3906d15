//===- HeldLocks.cpp - Locks of the thread where a fiber suspends ---------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// While a fiber that holds a `std::mutex` is paused, another one of its thread that
// locks it blocks the thread for ever: the first can never go on to unlock it.
//
//===----------------------------------------------------------------------===//

#include "Analysis/ConcreteBodies.h"
#include "Analysis/FiberLints.h"
#include "Analysis/StandardNames.h"

using namespace clang;
using namespace weft;

/// Whether \p V holds its mutex behind its declaration.
static bool locksAtOnce(const VarDecl *V) {
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(
      V->getInit() ? V->getInit()->IgnoreImplicit() : nullptr);
  return Made && Made->getNumArgs() > 0 &&
         llvm::all_of(Made->arguments(), [](const Expr *E) {
           const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
           return isThreadMutex(E->getType()) ||
                  (Class && plainName(Class) == "std::adopt_lock_t");
         });
}

namespace {

/// Finds the first suspension in what is traversed, unless the lock is named before,
/// which may unlock it.
class FindSuspension : public OwnCodeVisitor {
public:
  FindSuspension(const VarDecl *Lock, const FiberLint &Lint)
      : OwnCodeVisitor(Lint.Unit.AST), Lock(Lock), Lint(Lint) {}
  const CallExpr *Found = nullptr;

  /// Arguments before the call.
  bool TraverseStmt(Stmt *S) override {
    return OwnCodeVisitor::TraverseStmt(S) && (!S || goesOnAfter(S));
  }

private:
  bool goesOnAfter(const Stmt *S) {
    if (const auto *Name = dyn_cast<DeclRefExpr>(S))
      return Name->getDecl() != Lock;
    if (const auto *Loop = dyn_cast<CXXForRangeStmt>(S))
      Found = unseenWaits(Loop).any();
    else if (const auto *Call = dyn_cast<CallExpr>(S); Call && Lint.Colour.asSuspension(Call))
      Found = Call;
    return !Found;
  }

  const VarDecl *Lock;
  const FiberLint &Lint;
};

class Finder : public OwnCodeVisitor {
public:
  explicit Finder(FiberLint &Lint) : OwnCodeVisitor(Lint.Unit.AST), Lint(Lint) {}

  bool VisitCompoundStmt(CompoundStmt *S) override {
    for (auto It = S->body_begin(); It != S->body_end(); ++It)
      declared(*It, {It + 1, S->body_end()});
    return true;
  }
  bool VisitIfStmt(IfStmt *S) override {
    declared(S->getInit(), {S->getConditionVariableDeclStmt(), S->getCond(), S->getThen(),
                            S->getElse()});
    return true;
  }
  bool VisitSwitchStmt(SwitchStmt *S) override {
    declared(S->getInit(), {S->getCond(), S->getBody()});
    return true;
  }
  bool VisitForStmt(ForStmt *S) override {
    declared(S->getInit(), {S->getCond(), S->getBody(), S->getInc()});
    return true;
  }

private:
  /// \p Scope: what comes behind \p S in the scope of what it declares.
  void declared(Stmt *S, llvm::ArrayRef<Stmt *> Scope) {
    const auto *Declaration = dyn_cast_or_null<DeclStmt>(S);
    if (!Declaration)
      return;
    for (const Decl *D : Declaration->decls())
      if (const auto *V = dyn_cast<VarDecl>(D);
          V && V->hasLocalStorage() && isThreadLock(V->getType()) && locksAtOnce(V))
        check(V, Scope);
  }

  void check(const VarDecl *Lock, llvm::ArrayRef<Stmt *> Scope) {
    FindSuspension Find(Lock, Lint);
    for (Stmt *S : Scope)
      if (!Find.TraverseStmt(S))
        break;
    if (!Find.Found || !Lint.isNew(Diag::LockHeld, Lock->getLocation()))
      return;
    Lint.Report.report(Find.Found->getBeginLoc(), Diag::LockHeld)
        << Lock << Find.Found->getSourceRange();
    Lint.Report.report(Lock->getLocation(), Diag::LockedHere) << Lock;
  }

  FiberLint &Lint;
};

} // namespace

void weft::lintHeldLocks(const FunctionDecl *Body, FiberLint &Lint) {
  Finder(Lint).TraverseStmt(Body->getBody());
}
