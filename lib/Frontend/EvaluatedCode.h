//===- EvaluatedCode.h - Leaves out what is never evaluated ---------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Unevaluated operands ([expr.context]/1) call nothing: those of `sizeof`,
// `alignof`, `noexcept` and `decltype`, of `typeid` unless the type is polymorphic,
// and what `requires` asks about.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_FRONTEND_EVALUATEDCODE_H
#define WEFT_FRONTEND_EVALUATEDCODE_H

#include "clang/AST/ExprConcepts.h"
#include "clang/AST/RecursiveASTVisitor.h"

namespace weft {

/// \p Visitor, which does not enter them.
template <class Visitor>
class EvaluatedCode : public Visitor {
public:
  using Visitor::Visitor;
  bool TraverseUnaryExprOrTypeTraitExpr(clang::UnaryExprOrTypeTraitExpr *) {
    return true;
  }
  bool TraverseCXXNoexceptExpr(clang::CXXNoexceptExpr *) { return true; }
  bool TraverseCXXTypeidExpr(clang::CXXTypeidExpr *E) {
    return !E->isPotentiallyEvaluated() || Visitor::TraverseCXXTypeidExpr(E);
  }
  bool TraverseRequiresExpr(clang::RequiresExpr *) { return true; }
  bool TraverseDecltypeTypeLoc(clang::DecltypeTypeLoc, bool = true) { return true; }
};

} // namespace weft

#endif // WEFT_FRONTEND_EVALUATEDCODE_H
