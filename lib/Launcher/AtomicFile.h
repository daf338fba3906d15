//===- AtomicFile.h - Files that are written whole or not at all ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: how does an output get onto the disk? Into a temporary file in the
// same directory which then takes the output's name, so that a reader sees the
// old or the new text and a failure leaves nothing behind. A file that has the
// wanted text already keeps its time of modification.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAUNCHER_ATOMICFILE_H
#define WEFT_LAUNCHER_ATOMICFILE_H

#include <string>
#include <string_view>

namespace weft {

/// Makes \p Text the content of \p Name. What is no regular file (a pipe,
/// /dev/stdout) is written to directly. Returns an empty string, or why it
/// failed.
std::string writeFile(const std::string &Name, std::string_view Text);

/// Writes \p Text to an open descriptor. Returns an empty string, or why it
/// failed.
std::string writeTo(int Fd, std::string_view Text);

} // namespace weft

#endif // WEFT_LAUNCHER_ATOMICFILE_H
