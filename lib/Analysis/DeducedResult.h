//===- DeducedResult.h - What a template's deduced result comes from ------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The entry of a template with a deduced result has to spell the type, in front of
// the body:
//
//   template <class T> auto half(T of) { return of / 2; }
//
//   ... half_fiber(weft::undeduced<weft::into<std::decay_t<decltype((std::declval<T&>() / 2))>>>, T& of)
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_DEDUCEDRESULT_H
#define WEFT_ANALYSIS_DEDUCEDRESULT_H

#include "Analysis/Instances.h"
#include "clang/AST/Stmt.h"

namespace weft {

/// Whether the result of \p F, of a template, shows only in its instantiations.
bool deducesResult(const clang::FunctionDecl *F);

struct DeducedResult {
  bool IsVoid = false;
  /// The operand of a `return` that stands in every instantiation and names
  /// nothing of the function's but its parameters; null when there is none.
  const clang::Expr *Operand = nullptr;
};
DeducedResult deducedFrom(const clang::FunctionDecl *F);

/// Whether the type can be spelled. \p Seen tells what waits: that has another
/// type in the output.
bool canSpellResult(const clang::FunctionDecl *F, const Instances &Seen);

} // namespace weft

#endif // WEFT_ANALYSIS_DEDUCEDRESULT_H
