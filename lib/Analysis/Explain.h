//===- Explain.h - Why a function suspends --------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `weft --explain=FUNCTION` prints: the chain of calls from a function to
// what suspends.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_EXPLAIN_H
#define WEFT_ANALYSIS_EXPLAIN_H

#include "Analysis/Suspension.h"
#include "Frontend/TranslationUnit.h"
#include <string>
#include <vector>

namespace weft {

/// Why a function suspends: the first call in it that does.
struct FiberReason {
  const clang::FunctionDecl *Function;
  const clang::CallExpr *Call;
  const clang::FunctionDecl *Callee;
};

/// The chain of calls from the functions called \p Name to what suspends, one
/// line for each call; empty when there is no such function.
std::string explain(const TranslationUnit &Unit,
                    const std::vector<FiberReason> &Reasons, const Colours &Colour,
                    llvm::StringRef Name);

} // namespace weft

#endif // WEFT_ANALYSIS_EXPLAIN_H
