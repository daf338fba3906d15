//===- Objects.cpp - Which object an expression means ---------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Objects.h"

using namespace clang;
using namespace weft;

const Expr *weft::sameObject(const Expr *E) {
  while (true) {
    E = E->IgnoreParens();
    const auto *Cast = dyn_cast<ImplicitCastExpr>(E);
    if (!Cast || !(Cast->getCastKind() == CK_NoOp ||
                   Cast->getCastKind() == CK_DerivedToBase ||
                   Cast->getCastKind() == CK_UncheckedDerivedToBase))
      return E;
    E = Cast->getSubExpr();
  }
}

const VarDecl *weft::wholeVariable(const Expr *E) {
  while (true) {
    E = sameObject(E);
    if (const auto *Member = dyn_cast<MemberExpr>(E);
        Member && !Member->isArrow() &&
        !Member->getMemberDecl()->getType()->isReferenceType()) {
      E = Member->getBase();
    } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
      const auto *Decayed = dyn_cast<ImplicitCastExpr>(Element->getBase());
      if (!Decayed || Decayed->getCastKind() != CK_ArrayToPointerDecay)
        return nullptr; // Of what a pointer points to.
      E = Decayed->getSubExpr();
    } else {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    }
  }
}

/// The array behind a braced list is the range itself.
static bool makesTemporary(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(S)) {
    const auto *Array = dyn_cast<MaterializeTemporaryExpr>(List->getSubExpr());
    return makesTemporary(Array ? Array->getSubExpr() : List->getSubExpr());
  }
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(S))
    return makesTemporary(Default->getExpr());
  return isa<MaterializeTemporaryExpr>(S) || llvm::any_of(S->children(), makesTemporary);
}

bool weft::holdsRangeTemporaries(const Expr *RangeInit) {
  if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(RangeInit))
    RangeInit = Cleanups->getSubExpr();
  if (const auto *Range = dyn_cast<MaterializeTemporaryExpr>(RangeInit))
    RangeInit = Range->getSubExpr();
  return makesTemporary(RangeInit);
}
