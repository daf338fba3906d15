//===- FiberCall.h - A call of a fiber function, taken apart --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LOWERING_FIBERCALL_H
#define WEFT_LOWERING_FIBERCALL_H

#include "Lowering/FunctionLowering.h"
#include "clang/AST/ExprCXX.h"

namespace weft {

/// Down to the call whose result \p E is, through what changes nothing.
const clang::Expr *resultOf(const clang::Expr *E);
/// The `?:` whose value \p E is, through what changes nothing; null: none.
const clang::ConditionalOperator *conditionalOf(const clang::Expr *E);
/// What is evaluated where the value of \p E is not wanted: not a cast to void.
const clang::Expr *droppedOperand(const clang::Expr *E);

/// What the member \p Callee, of which only instantiations tell, is sought in; null:
/// it is none, or that is not written.
const clang::Expr *objectOf(const clang::Expr *Callee);
/// Whether that is by `->`.
bool isArrow(const clang::Expr *Callee);

/// A call of a fiber function, taken apart.
struct FunctionLowering::FiberCall {
  struct Operand {
    const clang::Expr *E;
    const clang::ParmVarDecl *P; ///< Null: what the function is called on.
    std::string Text{};
  };
  const Suspension &S;
  const clang::CallExpr *Call;
  const clang::FunctionDecl *Callee;
  const clang::Expr *Named;         ///< What stands in front of the parentheses.
  const clang::Expr *Object = nullptr;
  llvm::SmallVector<const clang::Expr *> Args;
  clang::OverloadedOperatorKind Operator = clang::OO_None; ///< In operator notation.
  bool IsMember = false;     ///< The operator.
  bool IsClosure = false;    ///< Of an object that knows its entry.
  bool HasDefaults = false;  ///< Arguments that only the entry knows.
  std::vector<VarId> Uses{};
  std::string TypeOnlyText{}; ///< Where only its type counts, and that has no name.

  /// Whether the entry's name follows the object, not the function's name.
  bool isByObject() const {
    return IsClosure || (Operator && IsMember) || llvm::isa<clang::CXXConversionDecl>(Callee);
  }

  /// What is called, or with what, shows only in an instantiation.
  bool isDependent() const { return Call->isTypeDependent(); }
  /// That the callee is the one that the instantiations call.
  bool isResolved() const { return Call->getDirectCallee() != nullptr; }

  /// Of the argument for \p P among those that the call has, with its object.
  unsigned indexOf(const clang::ParmVarDecl *P) const {
    return P->getFunctionScopeIndex() + (llvm::isa<clang::CXXOperatorCallExpr>(Call) &&
                                         llvm::isa<clang::CXXMethodDecl>(Callee));
  }

  explicit FiberCall(const Suspension &S)
      : S(S), Call(S.Inner), Callee(S.Callee),
        Named(Call->getCallee()->IgnoreParenImpCasts()),
        Args(Call->arg_begin(), Call->arg_end()) {
    if (const auto *Written = llvm::dyn_cast<clang::CXXOperatorCallExpr>(Call)) {
      IsClosure = hasObjectEntry(Callee);
      if (!IsClosure)
        Operator = Written->getOperator();
      IsMember = llvm::isa<clang::CXXMethodDecl>(Callee);
    }
    if (IsClosure || (Operator && IsMember)) {
      Object = Args.front();
      Args.erase(Args.begin());
    } else if (const auto *Member = llvm::dyn_cast<clang::MemberExpr>(Named)) {
      Object = Member->getBase();
    } else {
      Object = objectOf(Named);
    }
    HasDefaults = llvm::any_of(
        Args, [](const clang::Expr *A) { return llvm::isa<clang::CXXDefaultArgExpr>(A); });
  }
};

} // namespace weft

#endif // WEFT_LOWERING_FIBERCALL_H
