//===- ImplicitMoves.h - Variables that return and throw move from --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `return x;` and `throw x;` take a variable of the function for an rvalue
// ([class.copy.elision]/3). In the frame it is no variable of a function, and what the
// language does unseen is written out: `return std::move(x);`.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_IMPLICITMOVES_H
#define WEFT_ANALYSIS_IMPLICITMOVES_H

#include "Analysis/Instances.h"
#include "Frontend/TranslationUnit.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"

namespace weft {

struct ImplicitMove {
  const clang::VarDecl *From = nullptr; ///< Null: none.
  bool Differs = false; ///< From the one instantiation of a template to the other.
};

/// The variable of \p Within that \p Return moves from. The result of a coroutine,
/// \p CoroutineResult, does not show in its return type.
ImplicitMove movedByReturn(const clang::ReturnStmt *Return, const clang::FunctionDecl *Within,
                           const TranslationUnit &Unit, const Instances &Seen,
                           clang::QualType CoroutineResult = {});

/// The same for \p Throw.
ImplicitMove movedByThrow(const clang::CXXThrowExpr *Throw, const clang::FunctionDecl *Within,
                          const TranslationUnit &Unit, const Instances &Seen);

} // namespace weft

#endif // WEFT_ANALYSIS_IMPLICITMOVES_H
