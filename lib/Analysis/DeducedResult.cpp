//===- DeducedResult.cpp - What a template's deduced result comes from ----===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/DeducedResult.h"
#include "Analysis/Suspension.h"
#include "Support/AstVisitor.h"

using namespace clang;
using namespace weft;

bool weft::deducesResult(const FunctionDecl *F) {
  const QualType T = F->getReturnType();
  return F->isDependentContext() && T->getContainedAutoType() &&
         (T->isUndeducedType() || T->isDependentType());
}

namespace {

/// Whether an expression names more of the function than its parameters.
class NamesMore : public AstVisitor {
public:
  const FunctionDecl *F;
  bool Found = false;

  NamesMore() { ShouldVisitImplicitCode = true; }
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    const auto *V = dyn_cast<VarDecl>(E->getDecl());
    return !(Found |= isa<BindingDecl>(E->getDecl()) ||
                      (V && !V->isDefinedOutsideFunctionOrMethod() &&
                       !llvm::is_contained(F->parameters(), V)));
  }
  bool VisitStmt(Stmt *S) override {
    return !(Found |= isa<CXXThisExpr, LambdaExpr, SizeOfPackExpr, InitListExpr>(S));
  }
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) override {
    return !(Found |= E->isImplicitAccess());
  }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) override {
    return !(Found |= E->isImplicitAccess());
  }
};

class Returns : public AstVisitor {
public:
  const FunctionDecl *F;
  DeducedResult Found{/*IsVoid=*/true};

  bool TraverseLambdaExpr(LambdaExpr *) override { return true; }
  bool TraverseDecl(Decl *D) override {
    return isa_and_nonnull<TagDecl>(D) || AstVisitor::TraverseDecl(D);
  }
  /// An instantiation may discard the branches and the returns with them
  /// ([dcl.spec.auto]/3): those tell that there is a value, but not its type.
  bool TraverseIfStmt(IfStmt *S) override {
    if (!S->isConstexpr())
      return AstVisitor::TraverseIfStmt(S);
    ++MayBeDiscarded;
    const bool GoOn = AstVisitor::TraverseIfStmt(S);
    --MayBeDiscarded;
    return GoOn;
  }
  bool VisitReturnStmt(ReturnStmt *S) override {
    if (!S->getRetValue())
      return true;
    Found.IsVoid = false;
    if (MayBeDiscarded)
      return true;
    NamesMore More;
    More.F = F;
    More.TraverseStmt(S->getRetValue());
    if (!More.Found)
      Found.Operand = S->getRetValue();
    return More.Found;
  }

private:
  unsigned MayBeDiscarded = 0;
};

} // namespace

DeducedResult weft::deducedFrom(const FunctionDecl *F) {
  Returns All;
  All.F = F;
  All.TraverseStmt(F->getBody());
  return All.Found;
}

bool weft::canSpellResult(const FunctionDecl *F, const Instances &Seen) {
  const auto *Type = F->getReturnType()->getAs<AutoType>(); // Not `auto&`.
  if (!Type || F->getReturnType().hasQualifiers() ||
      F->getFirstDecl() != F)
    return false;
  const DeducedResult Result = deducedFrom(F);
  if (!Result.Operand)
    return Result.IsVoid;
  class FindWait : public AstVisitor {
  public:
    const Instances *Seen;
    bool Found = false;
    bool VisitCallExpr(CallExpr *Call) override {
      const FunctionDecl *Callee = Call->getDirectCallee();
      Found |= Callee && !awaiterOf(Callee).isNull();
      for (const CallExpr *Each : Seen->of(Call))
        Found |= Each->getDirectCallee() && !awaiterOf(Each->getDirectCallee()).isNull();
      return !Found;
    }
  } Waits;
  Waits.Seen = &Seen;
  Waits.TraverseStmt(const_cast<Expr *>(Result.Operand));
  return !Waits.Found;
}
