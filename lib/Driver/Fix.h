//===- Fix.h - The sources as the diagnostics would have them -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what do sources and headers look like when every fix-it is applied,
// and those that this calls for, until no diagnostic proposes another? To annotate
// a function makes its callers call a fiber function:
//
//   round 1   leaf() waits:          [[weft::fiber]] int leaf();
//   round 2   middle() calls leaf(): [[weft::fiber]] int middle();
//
// Each round reads those sources again, from memory, that see a changed file. The
// disk is written at the end, and only when Clang understands all of it.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_FIX_H
#define WEFT_DRIVER_FIX_H

#include "Driver/Request.h"

namespace weft {

/// `--fix`. Prints what is left to say about the sources, then which files were
/// changed, and returns the exit status.
int fixSources(Request &Asked);

} // namespace weft

#endif // WEFT_DRIVER_FIX_H
