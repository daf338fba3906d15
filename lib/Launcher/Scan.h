//===- Scan.h - Does this source use Weft? --------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers, without a compiler and in a few milliseconds: may this source reach
// a <weft/...> header or an attribute of Weft's? The text of the source is
// searched, and of every header that it can reach, whatever conditions stand
// around the #include. Not searched are the compiler's own directories, and
// what a system header includes by way of a macro.
//
// Invariant: within these limits "no" is always right. "Yes" may be wrong and
// then costs time.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAUNCHER_SCAN_H
#define WEFT_LAUNCHER_SCAN_H

#include "Launcher/CompilerArgs.h"

namespace weft {

/// \p Source is a word of \p Args, or any other file compiled with it.
bool usesWeft(const CompilerArgs &Args, const std::string &Source);

/// True when \p Args says itself that the sources are transformed already, or
/// are not to be.
bool disclaimsWeft(const CompilerArgs &Args);

} // namespace weft

#endif // WEFT_LAUNCHER_SCAN_H
