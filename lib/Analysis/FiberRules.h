//===- FiberRules.h - Who may suspend, and where --------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is reported once every function has its colour: calls of fiber functions
// from where nothing can suspend, what a guard forbids, and what is handed to
// ordinary templates, which drive it.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_FIBERRULES_H
#define WEFT_ANALYSIS_FIBERRULES_H

#include "Analysis/FiberBodies.h"
#include "Analysis/Suspension.h"
#include "Support/Diagnostics.h"

namespace weft {

/// Inserts `[[weft::fiber]]` in front of a declaration.
clang::FixItHint annotateFiber(const clang::FunctionDecl *F);

/// Whether \p B can be transformed as a fiber function; reports why not.
bool checkFiber(const FunctionBody &B, Reporter &Report);

/// Reports the suspensions of \p B, which is no fiber function.
void reportCalls(const FunctionBody &B, const TranslationUnit &Unit,
                 const Colours &Colour, Reporter &Report);

/// Reports what holds for all calls, whoever makes them.
void checkCalls(const FunctionBodies &All, const TranslationUnit &Unit,
                const Colours &Colour, Reporter &Report);

/// Reports what suspends in instantiations of ordinary templates, where the
/// pattern does not show it.
void checkInstantiations(const TranslationUnit &Unit, const Colours &Colour,
                         Reporter &Report);

} // namespace weft

#endif // WEFT_ANALYSIS_FIBERRULES_H
