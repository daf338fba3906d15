//===- FrameNames.h - What frames are called, and who holds whose ---------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: how is the frame of a function called, and which frames of other
// functions can it hold?
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_FRAMENAMES_H
#define WEFT_DRIVER_FRAMENAMES_H

#include "Lowering/FunctionLowering.h"
#include <set>
#include <string>

namespace weft {

/// A name for the frame that depends on the function alone, and, where several
/// translation units may have the same function, on its \p Decisions.
std::string frameName(const Coroutine &What, clang::ASTContext &Context,
                      const std::string &Decisions, std::set<std::string> &Taken);

/// Whether \p What has a static variable that it shares with other translation
/// units: then its frame has to be the same in all ([basic.def.odr]/14).
bool sharesStatic(const Coroutine &What, const clang::SourceManager &Sources);

/// The frames that \p What can hold: those that stand in front of it, and whose
/// linkage is not less than its own frame's.
HeldFrames framesFor(const Coroutine &What, const HeldFrames &All,
                     const TranslationUnit &Unit);

} // namespace weft

#endif // WEFT_DRIVER_FRAMENAMES_H
