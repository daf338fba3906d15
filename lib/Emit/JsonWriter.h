//===- JsonWriter.h - What the tool knows of a coroutine, as JSON --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_EMIT_JSONWRITER_H
#define WEFT_EMIT_JSONWRITER_H

#include "Flow/Flow.h"
#include "Layout/FrameLayout.h"
#include "llvm/Support/JSON.h"

namespace weft {

/// One coroutine: place, suspension points, frame bytes, and each field with
/// its type, offset, size and why it is kept. Sizes are null where they depend
/// on template parameters.
llvm::json::Value toJson(const Flow &F, const FrameLayout &Layout);

} // namespace weft

#endif // WEFT_EMIT_JSONWRITER_H
