//===- Green.h - All functions of a translation unit, as green ones -------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers, for `--green-all`: which functions cannot be green although nobody
// says that they are? Such a function stays as it is and drives what it calls,
// which means the same; so does a call that stands where nothing can suspend.
// Both are told to those who ask.
//
// What cannot be green shows here in the declaration; the rest is found out by
// trying, and noted in a GreenChoice for the next attempt.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_GREEN_H
#define WEFT_ANALYSIS_GREEN_H

#include "Analysis/FiberBodies.h"
#include "Analysis/Suspension.h"
#include "Support/Diagnostics.h"
#include "llvm/ADT/MapVector.h"

namespace weft {

/// What attempts have left out so far, each with the reason.
struct GreenChoice {
  /// By canonical declaration.
  llvm::MapVector<const clang::FunctionDecl *, std::string> Ordinary;
  llvm::MapVector<const clang::CallExpr *, std::string> Driven;

  /// Leaves out what a diagnostic at \p Where, in \p Function, was about: the
  /// calls of green functions in the statement there, or, where there are none,
  /// the function. False: neither was green.
  bool leaveOut(const clang::FunctionDecl *Function, clang::SourceLocation Where,
                const std::string &Why, const Colours &Colour,
                const clang::SourceManager &Sources);
};

/// Makes all functions of \p All green that can be, and notes in \p Choice which
/// of the others cannot.
void paintGreen(const FunctionBodies &All, const TranslationUnit &Unit,
                GreenChoice &Choice, Colours &Colour);

/// Whether the option makes \p Function, a fiber function, green: an annotated one
/// that other translation units have, too, has to be the same there.
bool isGreenByOption(const clang::FunctionDecl *Function, const Colours &Colour);

/// What suspends only because all is green is driven by those who cannot suspend.
void driveFromOrdinary(const FunctionBodies &All, const GreenChoice &Choice,
                       Colours &Colour);

/// Reports jumps between functions, which would leave driven ones in between, and
/// handlers of signals, which would be driven in the middle of anything.
void reportJumps(const FunctionBodies &All, Reporter &Report);

/// Tells what was left out.
void reportLeftOut(const GreenChoice &Choice, const Colours &Colour, Reporter &Report);

} // namespace weft

#endif // WEFT_ANALYSIS_GREEN_H
