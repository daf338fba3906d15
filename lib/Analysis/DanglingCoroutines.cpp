//===- DanglingCoroutines.cpp - Coroutines that refer to what ends before them -===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A coroutine refers to its object, to its closure, and to what its reference
// parameters are bound to, for as long as it is used:
//
//   return [n]() -> weft::generator<int> { weft::yield(n); }();
//
// The closure is gone at the end of the statement, and with it `n`.
//
//===----------------------------------------------------------------------===//

#include "Analysis/FiberLints.h"
#include "Analysis/Objects.h"
#include "Analysis/StandardNames.h"

using namespace clang;
using namespace weft;

namespace {

/// The values are those of the message.
enum class Lost : unsigned { Closure, Temporary, Local };

class Finder : public OwnCodeVisitor {
public:
  Finder(const FunctionDecl *Body, FiberLint &Lint)
      : OwnCodeVisitor(Lint.Unit.AST), Body(Body), Lint(Lint) {}

  bool VisitReturnStmt(ReturnStmt *S) override {
    check(S->getRetValue(), /*LocalsEnd=*/true);
    return true;
  }
  bool VisitVarDecl(VarDecl *V) override {
    check(V->getInit(), /*LocalsEnd=*/false);
    return true;
  }
  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) override {
    check(S->getRangeInit(), /*LocalsEnd=*/false); // [class.temporary]/6, before C++23
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *Call) override {
    if (Call->getOperator() == OO_Equal)
      check(Call->getArg(1), /*LocalsEnd=*/false);
    return true;
  }

private:
  /// \p E: a coroutine that is used behind the full-expression, and behind the
  /// function where \p LocalsEnd.
  void check(const Expr *E, bool LocalsEnd) {
    const auto *Call =
        E ? dyn_cast<CallExpr>(E->IgnoreUnlessSpelledInSource()) : nullptr;
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Callee || !(isAnnotatedCoroutine(patternOf(Callee)) || Lint.Coroutines.contains(Callee)))
      return;
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
      checkObject(Member->getImplicitObjectArgument(), LocalsEnd);
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    const bool HasObject = isa<CXXOperatorCallExpr>(Call) && Method && Method->isInstance();
    if (HasObject)
      checkObject(Call->getArg(0), LocalsEnd);
    for (unsigned I = HasObject; I < Call->getNumArgs(); ++I)
      if (I - HasObject < Callee->getNumParams() && keeps(Callee, I - HasObject))
        checkReferred(Call->getArg(I), LocalsEnd);
  }

  static const FunctionDecl *patternOf(const FunctionDecl *F) {
    const FunctionDecl *Pattern = F->getTemplateInstantiationPattern(false);
    return Pattern ? Pattern : F;
  }

  /// Whether parameter \p I is a reference that is used later; a leading allocator
  /// is copied.
  static bool keeps(const FunctionDecl *F, unsigned I) {
    const CXXRecordDecl *First =
        F->getParamDecl(0)->getType().getNonReferenceType()->getAsCXXRecordDecl();
    return F->getParamDecl(I)->getType()->isReferenceType() &&
           !(I < 2 && First && plainName(First) == "std::allocator_arg_t");
  }

  void checkObject(const Expr *Object, bool LocalsEnd) {
    if (!Object || Object->getType()->isPointerType())
      return; // `p->items()`
    const CXXRecordDecl *Class = Object->getType()->getAsCXXRecordDecl();
    if (Class && Class->isEmpty())
      return; // Nothing to refer to: a lambda without captures.
    checkReferred(Object, LocalsEnd);
  }

  void checkReferred(const Expr *E, bool LocalsEnd) {
    E = sameObject(E);
    const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E);
    if (Temporary && Temporary->getStorageDuration() == SD_FullExpression) {
      const bool IsClosure =
          isa<LambdaExpr>(Temporary->getSubExpr()->IgnoreUnlessSpelledInSource());
      return report(E, IsClosure ? Lost::Closure : Lost::Temporary, nullptr);
    }
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (LocalsEnd && V && V->hasLocalStorage() && !V->getType()->isReferenceType() &&
        V->getParentFunctionOrMethod() == Body)
      report(E, Lost::Local, V);
  }

  void report(const Expr *E, Lost What, const VarDecl *V) {
    if (!Lint.isNew(Diag::DanglingCoroutine, E->getBeginLoc()))
      return;
    auto Builder = Lint.Report.report(E->getBeginLoc(), Diag::DanglingCoroutine);
    Builder << unsigned(What);
    if (V)
      Builder << V;
    else
      Builder << "";
    Builder << E->getSourceRange();
  }

  const FunctionDecl *Body;
  FiberLint &Lint;
};

} // namespace

void weft::lintDanglingCoroutines(const FunctionDecl *Body, FiberLint &Lint) {
  Finder(Body, Lint).TraverseStmt(Body->getBody());
}
