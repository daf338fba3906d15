//===- ResponseFile.h - Command lines kept in files -----------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which words does `@file` stand for? With GCC's rules, which are
// Clang's too: words are separated by white space, quotes of either kind
// group, a backslash takes the next character literally, files nest, and a
// file that cannot be read leaves the word as it is.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAUNCHER_RESPONSEFILE_H
#define WEFT_LAUNCHER_RESPONSEFILE_H

#include <string>
#include <string_view>
#include <vector>

namespace weft {

/// Reads a whole file. Returns false, errno set, when it cannot be read.
bool readFile(const std::string &Name, std::string &Text);

std::vector<std::string> splitResponseText(std::string_view Text);

/// Replaces each `@file` by its words, in place.
std::vector<std::string>
expandResponseFiles(const std::vector<std::string> &Words);

/// The text whose words are \p Words.
std::string quoteForResponseFile(const std::vector<std::string> &Words);

} // namespace weft

#endif // WEFT_LAUNCHER_RESPONSEFILE_H
