//===- FrameWriter.h - The struct that a coroutine becomes ---------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_EMIT_FRAMEWRITER_H
#define WEFT_EMIT_FRAMEWRITER_H

#include "Emit/LineWriter.h"
#include "Flow/Flow.h"
#include "Layout/FrameLayout.h"

namespace weft {

/// Where the frame's struct goes.
struct FramePlacement {
  /// Inside the function that starts the coroutine: always possible.
  bool InFunction = false;
  /// In front of the function, where others can name it: its template header,
  /// as written, and the arguments that name the frame inside a template.
  std::string TemplateHeader, TemplateArguments;
  bool Unnamed = false; ///< In an unnamed namespace.
};

/// Writes the frame, with what has to stand in front of it.
void writeFrame(const Flow &F, const FrameLayout &Layout,
                const FramePlacement &Place, LineWriter &Out);

/// The statement that starts the coroutine, for the function's body.
std::string startStatement(const Flow &F, const FramePlacement &Place);

/// One line about the frame, and one about a variable.
std::string describe(const Flow &F, const FrameLayout &Layout);
std::string describe(const Flow &F, const FrameLayout &Layout, const Crossing &Crosses,
                     VarId Id);

} // namespace weft

#endif // WEFT_EMIT_FRAMEWRITER_H
