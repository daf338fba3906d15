//===- FiberEdits.h - A fiber function in the text of its file ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: how does a function become a frame, an entry, and a function that
// drives the entry, in the place where it stands?
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_FIBEREDITS_H
#define WEFT_REWRITE_FIBEREDITS_H

#include "Analysis/Coroutines.h"
#include "Emit/FrameWriter.h"
#include "Rewrite/Output.h"
#include "Support/SourceText.h"

namespace weft {

/// The edits that make \p What a fiber function. \p Text learns them, for
/// functions around this one.
void editFiber(const Coroutine &What, const Flow &F, const FrameLayout &Layout,
               const FramePlacement &Place, const TranslationUnit &Unit,
               SourceText &Text, bool LineDirectives, std::vector<FileEdit> &Edits);

} // namespace weft

#endif // WEFT_REWRITE_FIBEREDITS_H
