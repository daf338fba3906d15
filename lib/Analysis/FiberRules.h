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

/// Whether \p B can be transformed as a fiber function; reports why not.
bool checkFiber(const FunctionBody &B, const Instances &Seen, Reporter &Report);

/// What keeps \p B from being a fiber function, as a message; empty: nothing.
std::string whyNoFiber(const FunctionBody &B, const Instances &Seen);

/// The type of its result; that of a lambda in a template, or with `auto`
/// parameters, may show only in the instantiations. Null: these do not agree.
clang::QualType resultOf(const FunctionBody &B, const Instances &Seen);

/// Whether \p B is a coroutine that may wait.
bool isAsyncGenerator(const FunctionBody &B, clang::ASTContext &Context);

/// Reports the suspensions of \p B, which may not wait.
void reportCalls(const FunctionBody &B, const TranslationUnit &Unit,
                 const Colours &Colour, Reporter &Report);

/// Reports what holds for all calls, whoever makes them.
void checkCalls(const FunctionBodies &All, const TranslationUnit &Unit,
                const Colours &Colour, Reporter &Report);

/// Reports what suspends in instantiations, where the template does not show it.
void checkInstantiations(const FunctionBodies &All, const Colours &Colour,
                         Reporter &Report);

} // namespace weft

#endif // WEFT_ANALYSIS_FIBERRULES_H
