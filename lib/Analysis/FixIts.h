//===- FixIts.h - Edits that mend a call of a fiber function --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: where does an annotation stand legally, which other declarations need
// it together with this one, and how is a call written that `weft::run` drives?
// What no edit can mend, because the text is not the user's to change or takes no
// attribute, is said instead.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_FIXITS_H
#define WEFT_ANALYSIS_FIXITS_H

#include "Analysis/Suspension.h"
#include "Frontend/TranslationUnit.h"
#include "Support/Diagnostics.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace weft {

using FixIts = llvm::SmallVector<clang::FixItHint, 4>;

/// `[[weft::fiber]] `, or the like, in front of the decl-specifiers of \p D alone:
///
///   template <typename T> int f(T);   template <typename T> [[...]] int f(T);
///   INLINE int f();                   [[...]] INLINE int f();
///   int f(), g();                     int f [[...]] (), g();
///
/// None where that is inside of a macro, or a friend's declaration.
std::optional<clang::FixItHint> annotate(const clang::FunctionDecl *D,
                                         llvm::StringRef Attribute,
                                         const TranslationUnit &Unit);

/// Why a function cannot be annotated; the values are those of the message.
enum class Untouchable : unsigned { Macro, SystemHeader, OfWeft, Friend };

/// What makes a function a fiber function in every translation unit.
struct FiberAnnotation {
  FixIts Edits; ///< Empty when there is an obstacle.
  std::optional<Untouchable> Obstacle;
  const clang::FunctionDecl *Where = nullptr; ///< The declaration that it is about.
};

/// Annotates the first declaration of \p F, those of its other declarations that
/// may be the first one elsewhere, and all of what it overrides.
FiberAnnotation annotateFiber(const clang::FunctionDecl *F,
                              const TranslationUnit &Unit);

/// Reports \p Id, a note at the first declaration of \p F, with the edits that
/// annotate it, or why there are none.
void proposeAnnotation(const clang::FunctionDecl *F, Diag Id,
                       const TranslationUnit &Unit, Reporter &Report);
void reportObstacle(const FiberAnnotation &Of, Reporter &Report);

/// Lets `weft::run` drive the call \p S, also where `weft::await` stands around it:
///
///   f(1)          weft::run(f, 1)
///   o.f(r)        weft::run([&] { return o.f(r); })
///
/// The first form only where it means the same: `run` takes no overloaded name,
/// knows no default argument, and hands references to copies. Empty in a macro.
FixIts driveCall(const Suspension &S, const TranslationUnit &Unit);

} // namespace weft

#endif // WEFT_ANALYSIS_FIXITS_H
