//===- BodyFlow.h - What may follow what in a body ------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang's control-flow graph of one body, with every expression and every end of a
// local variable's lifetime as an element; parameters end with the body. Exceptions
// have no edges but those of `throw`.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_BODYFLOW_H
#define WEFT_ANALYSIS_BODYFLOW_H

#include "clang/AST/Decl.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace weft {

class BodyFlow {
public:
  /// \p Body has no dependent parts.
  explicit BodyFlow(const clang::FunctionDecl *Body);

  /// What a path does at an element: goes on, with a state, or ends.
  using Step = llvm::function_ref<std::optional<unsigned>(const clang::CFGElement &,
                                                          unsigned State)>;
  /// Walks the paths that begin behind \p From, each element once for each state;
  /// \p AtReturn is called where one leaves the body, but not by an exception.
  /// O(elements * states).
  void walkFrom(const clang::Stmt *From, unsigned State, Step Next,
                llvm::function_ref<void()> AtReturn = [] {}) const;

private:
  std::unique_ptr<clang::CFG> Graph; ///< Null: Clang cannot tell.
};

} // namespace weft

#endif // WEFT_ANALYSIS_BODYFLOW_H
