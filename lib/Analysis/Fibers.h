//===- Fibers.h - The fiber functions of a translation unit --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which functions can suspend their caller, and does every caller of
// one say so? A function's colour is what it is annotated with; that of lambdas
// and of functions with internal linkage follows from what they call:
//
//   static int inner() { weft::this_fiber::yield(); return 1; }   suspends
//   [[weft::fiber]] int outer() { return inner(); }               says so
//   int other() { return outer(); }                               an error
//
// Reports what is wrong with a function as a whole, and every call of a fiber
// function from where nothing can suspend.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_FIBERS_H
#define WEFT_ANALYSIS_FIBERS_H

#include "Analysis/Coroutines.h"
#include "Analysis/Explain.h"
#include "Analysis/Green.h"
#include "Analysis/Suspension.h"
#include "Frontend/TranslationUnit.h"
#include "Support/Diagnostics.h"

namespace weft {

/// True when the function carries `[[weft::fiber]]` or `[[weft::green]]`.
bool isAnnotatedFiber(const clang::FunctionDecl *Function);
/// True when it carries `[[weft::green]]`.
bool isAnnotatedGreen(const clang::FunctionDecl *Function);

/// Gives every function its colour, in \p Colour. Returns the fiber functions
/// that are defined outside of system headers, in the order of the source.
/// \p All, when not null: all functions that can be are to be green.
std::vector<Coroutine> findFibers(TranslationUnit &Unit, Reporter &Report,
                                  Colours &Colour,
                                  std::vector<FiberReason> &Reasons,
                                  GreenChoice *All = nullptr);

} // namespace weft

#endif // WEFT_ANALYSIS_FIBERS_H
