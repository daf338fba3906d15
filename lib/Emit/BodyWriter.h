//===- BodyWriter.h - The body of a coroutine, as weft_run() -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_EMIT_BODYWRITER_H
#define WEFT_EMIT_BODYWRITER_H

#include "Emit/LineWriter.h"
#include "Flow/Flow.h"
#include "Layout/FrameLayout.h"

namespace weft {

/// Writes weft_run(), and nothing else, to \p Out.
void writeBody(const Flow &F, const FrameLayout &Layout, LineWriter &Out);

/// How the frame's code names the storage of a variable.
std::string storageOf(const Flow &F, const FrameLayout &Layout, VarId Id);
/// An expression for an Object itself.
std::string placeOf(const Flow &F, const FrameLayout &Layout, VarId Id);
/// The type of an Object's slot.
std::string slotType(const Variable &V);

} // namespace weft

#endif // WEFT_EMIT_BODYWRITER_H
