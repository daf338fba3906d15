//===- FiberBodies.h - The functions of a translation unit, and their calls -===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk over the user's own text, from which the colours follow: each body
// with the calls in it. What a default argument or a member's initialiser calls
// belongs to no body.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_FIBERBODIES_H
#define WEFT_ANALYSIS_FIBERBODIES_H

#include "Frontend/TranslationUnit.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include <vector>

namespace weft {

/// A function's body, and the calls in it; those of lambdas are their own.
struct FunctionBody {
  const clang::FunctionDecl *Function;
  const clang::LambdaExpr *Lambda; ///< Whose call operator it is, or null.
  std::vector<const clang::CallExpr *> Calls;
  std::vector<const clang::CXXForRangeStmt *> Ranges;
};

/// `weft::no_suspend guard;` and the statements of its scope.
struct SuspensionGuard {
  const clang::VarDecl *Variable;
  std::vector<const clang::Stmt *> Scope;
};

struct FunctionBodies {
  /// Every declaration of a function, in the order of the source.
  std::vector<const clang::FunctionDecl *> Declarations;
  std::vector<FunctionBody> Bodies; ///< In the order in which they end.
  std::vector<const clang::CallExpr *> Outside, AllCalls;
  std::vector<const clang::CXXConstructExpr *> Constructed;
  std::vector<SuspensionGuard> Guards;
  std::vector<const clang::AnnotateAttr *> Annotations;
};

/// Of the patterns of templates, not of their instantiations; system headers are
/// left out.
FunctionBodies findBodies(const TranslationUnit &Unit);

} // namespace weft

#endif // WEFT_ANALYSIS_FIBERBODIES_H
