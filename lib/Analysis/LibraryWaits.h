//===- LibraryWaits.h - Waits that the standard library would make --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `std::condition_variable_any::wait(m)` calls `m.lock()`, in a library that is not
// transformed. For a `weft::mutex` that would make an awaiter and drop it: the mutex
// would not be locked. So calls of such instantiations are rejected.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_LIBRARYWAITS_H
#define WEFT_ANALYSIS_LIBRARYWAITS_H

#include "Frontend/TranslationUnit.h"
#include "Support/Diagnostics.h"

namespace weft {

/// Reports the calls, from outside of system headers, of instantiations in these
/// that drop the awaiter of one of weft's functions, also through others of them.
void checkLibraryWaits(const TranslationUnit &Unit, Reporter &Report);

} // namespace weft

#endif // WEFT_ANALYSIS_LIBRARYWAITS_H
