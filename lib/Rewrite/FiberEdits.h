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

#include "Rewrite/FunctionEdits.h"

namespace weft {

/// The edits that make \p Function a fiber function.
void editFiber(const TransformedFunction &Function, SourceEdits &Edits,
               bool LineDirectives);

} // namespace weft

#endif // WEFT_REWRITE_FIBEREDITS_H
