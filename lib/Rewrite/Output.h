//===- Output.h - The translation unit with its edits --------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what text replaces the user's file? The main file comes out with its
// edits; a header that needs edits comes out in place of the #include that
// reached it, as do the headers in between; every other #include stays.
//
// Include guards keep working because their text is kept. `#pragma once` means
// nothing in text that has no file of its own: such a header's other #includes
// are dropped instead, wherever they stand.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_OUTPUT_H
#define WEFT_REWRITE_OUTPUT_H

#include "Frontend/TranslationUnit.h"
#include <string>
#include <vector>

namespace weft {

/// Replaces the bytes [Begin, End) of a file.
struct FileEdit {
  clang::FileID File;
  unsigned Begin, End;
  std::string Text;
};

/// The whole output. Of overlapping edits the outermost wins.
std::string writeOutput(const TranslationUnit &Unit, std::vector<FileEdit> Edits,
                        bool LineDirectives, llvm::StringRef Head = "");

/// A file's name for a #line directive, as the command line named it.
std::string lineName(const clang::SourceManager &Sources, clang::FileID File);

} // namespace weft

#endif // WEFT_REWRITE_OUTPUT_H
