//===- InPlace.h - Coroutines whose frame is a local variable ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: where does a coroutine object neither move nor go anywhere, so that
// the frame itself can be the object and nothing is allocated?
//
//   for (long x : fibonacci(10)) ...     for (long x : fibonacci_in_place(10)) ...
//   auto c = fibonacci(10);              auto c = fibonacci_in_place(10);
//
// That holds for the operand of a range-for, and for a local variable of which
// only the operations are used, when the coroutine's definition stands before.
// Such callers take the coroutine function's sibling. A lambda has none: it
// returns its frame itself when all that is done with it are such calls.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_INPLACE_H
#define WEFT_REWRITE_INPLACE_H

#include "Analysis/Coroutines.h"
#include "Rewrite/CoroutineEdits.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/JSON.h"

namespace weft {

class InPlaceUses {
public:
  InPlaceUses(TranslationUnit &Unit, const std::vector<Coroutine> &Coroutines);

  /// Who keeps the frame of \p What in place.
  InPlaceCallers callersOf(const Coroutine &What) const {
    if (!Used.count(What.Function->getCanonicalDecl()))
      return InPlaceCallers::None;
    return What.Lambda ? InPlaceCallers::All : InPlaceCallers::Some;
  }
  /// The calls that create them.
  const llvm::DenseSet<const clang::CallExpr *> &calls() const { return Calls; }
  /// The callers' edits.
  void edit(SourceEdits &Edits) const;
  /// Where the callers are.
  llvm::json::Array toJson() const;

private:
  struct Site {
    clang::SourceLocation Callee;   ///< The function's name in the call.
    std::string Name;               ///< Of the coroutine function.
    std::string Sibling;            ///< What is called instead; empty: itself.
    clang::SourceRange Type;        ///< To become `auto`; may be invalid.
    bool IsRange;
  };

  TranslationUnit &Unit;
  llvm::DenseSet<const clang::FunctionDecl *> Used;
  llvm::DenseSet<const clang::CallExpr *> Calls;
  std::vector<Site> Sites;
};

} // namespace weft

#endif // WEFT_REWRITE_INPLACE_H
