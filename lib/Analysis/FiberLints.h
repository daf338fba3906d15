//===- FiberLints.h - What is legal in a fiber, and seldom meant ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A fiber that does not cede starves the others of its thread, and what it refers
// to may change, or end, while it is paused. The warnings about that, one file
// each. They look at bodies whose types and callees are all known, and say nothing
// where they are not sure.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_FIBERLINTS_H
#define WEFT_ANALYSIS_FIBERLINTS_H

#include "Analysis/ConcreteBodies.h"
#include "Analysis/Coroutines.h"
#include "Analysis/Suspension.h"
#include "Frontend/TranslationUnit.h"
#include "Support/Diagnostics.h"
#include <set>

namespace weft {

/// Looks at all of \p Unit. The functions must have their colours; \p Transformed
/// are those that become state machines.
void lintFibers(const TranslationUnit &Unit, llvm::ArrayRef<Coroutine> Transformed,
                const Colours &Colour, Reporter &Report);

/// What the lints share.
struct FiberLint {
  const TranslationUnit &Unit;
  const Colours &Colour;
  Reporter &Report;
  FunctionSet Coroutines{}; ///< No fiber functions.
  std::set<std::pair<Diag, clang::SourceLocation>> Reported{};

  /// False when an instantiation before has had the same to say.
  bool isNew(Diag Id, clang::SourceLocation Where) {
    return Reported.insert({Id, Where}).second;
  }
  /// Whether weft's function \p Name, qualified, is declared: its header is included.
  bool isDeclared(llvm::StringRef Name) const;
};

/// A note that names what to use.
void useInstead(FiberLint &Lint, clang::SourceLocation Where, llvm::StringRef Name);

// The lints. Each takes one body, and is linear in its size.

/// Calls that block the thread.
void lintBlockingCalls(const clang::FunctionDecl *Body, FiberLint &Lint);
/// Locks of the thread that are held where the fiber suspends.
void lintHeldLocks(const clang::FunctionDecl *Body, FiberLint &Lint);
/// References to thread-local objects that are used after a suspension.
void lintHeldThreadLocals(const clang::FunctionDecl *Body, FiberLint &Lint);
/// Loops that neither end nor suspend.
void lintEndlessLoops(const clang::FunctionDecl *Body, FiberLint &Lint);
/// Fibers that are handed references to what ends before they begin. In ordinary
/// functions only those that are returned.
void lintDanglingSpawns(const ConcreteBody &Body, FiberLint &Lint);
/// Coroutines that refer to a temporary, or a local variable, and outlive it.
void lintDanglingCoroutines(const clang::FunctionDecl *Body, FiberLint &Lint);

} // namespace weft

#endif // WEFT_ANALYSIS_FIBERLINTS_H
