//===- FramePlace.h - Where a function's frame can stand ------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: can the frame stand in front of the function, where callers and
// debuggers can name it, or has it to be a local class inside?
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_FRAMEPLACE_H
#define WEFT_REWRITE_FRAMEPLACE_H

#include "Analysis/Coroutines.h"
#include "Emit/FrameWriter.h"
#include "Support/SourceText.h"

namespace weft {

FramePlacement placementOf(const Coroutine &What, const SourceText &Text);

} // namespace weft

#endif // WEFT_REWRITE_FRAMEPLACE_H
