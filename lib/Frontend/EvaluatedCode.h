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
#include "Support/AstVisitor.h"

namespace weft {

/// \p Visitor, which does not enter them.
template <class Visitor = AstVisitor>
class EvaluatedCode : public Visitor {
public:
  using Visitor::Visitor;
  bool TraverseUnaryExprOrTypeTraitExpr(clang::UnaryExprOrTypeTraitExpr *) override {
    return true;
  }
  bool TraverseCXXNoexceptExpr(clang::CXXNoexceptExpr *) override { return true; }
  bool TraverseCXXTypeidExpr(clang::CXXTypeidExpr *E) override {
    return !E->isPotentiallyEvaluated() || Visitor::TraverseCXXTypeidExpr(E);
  }
  bool TraverseRequiresExpr(clang::RequiresExpr *) override { return true; }
  bool TraverseDecltypeTypeLoc(clang::DecltypeTypeLoc WEFT_AND_QUALIFIER) override {
    return true;
  }
};

} // namespace weft

#endif // WEFT_FRONTEND_EVALUATEDCODE_H
