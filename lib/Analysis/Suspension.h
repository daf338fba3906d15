//===- Suspension.h - Which expressions suspend --------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_SUSPENSION_H
#define WEFT_ANALYSIS_SUSPENSION_H

#include "Flow/Flow.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>

namespace weft {

/// A call to one of weft's suspending functions.
struct Suspension {
  SuspensionPoint::Kind What;
  const clang::CallExpr *Call;
  const clang::Expr *Operand = nullptr; ///< Null: yields nothing.
  clang::QualType Received;             ///< Null type: receives nothing.
};

/// Recognises `weft::yield` and `weft::yield_from`, also in templates.
std::optional<Suspension> asSuspension(const clang::Stmt *S);

/// Whether a statement suspends the function that it belongs to. The bodies of
/// lambdas and local classes are other functions.
class SuspensionMap {
public:
  bool contains(const clang::Stmt *S);

private:
  llvm::DenseMap<const clang::Stmt *, bool> Known;
};

} // namespace weft

#endif // WEFT_ANALYSIS_SUSPENSION_H
