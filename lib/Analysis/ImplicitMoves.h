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

#include "Frontend/TranslationUnit.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"

namespace weft {

/// The variable of \p Within that `return` moves from, in \p Value; null: none. The
/// result of a coroutine, \p CoroutineResult, does not show in its return type.
const clang::VarDecl *movedByReturn(const clang::Expr *Value,
                                    const clang::FunctionDecl *Within,
                                    const TranslationUnit &Unit,
                                    clang::QualType CoroutineResult = {});

/// The same for \p Throw.
const clang::VarDecl *movedByThrow(const clang::CXXThrowExpr *Throw,
                                   const clang::FunctionDecl *Within,
                                   const TranslationUnit &Unit);

} // namespace weft

#endif // WEFT_ANALYSIS_IMPLICITMOVES_H
