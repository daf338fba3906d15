//===- SourceEdits.h - Changes of the user's text -------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what has changed in the user's files so far? A change goes two ways:
// into the list that the output is made from, by file and offset, and into the
// SourceText, by token, for functions around the place, which are written anew.
// A macro call inside of which something changes is written out expanded.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_SOURCEEDITS_H
#define WEFT_REWRITE_SOURCEEDITS_H

#include "Rewrite/Output.h"
#include "Support/SourceText.h"

namespace weft {

class SourceEdits {
public:
  SourceEdits(const clang::SourceManager &Sources, const clang::LangOptions &LangOpts,
              SourceText &Text)
      : Sources(Sources), Text(Text), LangOpts(LangOpts) {}

  /// Puts \p New in front of the token at \p Where, or behind it.
  void insertBefore(clang::SourceLocation Where, std::string New);
  void insertAfter(clang::SourceLocation Where, std::string New);
  /// Replaces the tokens of \p Range by \p New.
  void replace(clang::SourceRange Range, std::string New);
  /// Whether \p Where is in a file, or a macro's call begins with it.
  bool isOpenInFront(clang::SourceLocation Where) const;
  /// Puts \p New into the file alone, where no function around it is.
  void insertInFile(clang::FileID File, unsigned Offset, std::string New) {
    Edits.push_back({File, Offset, Offset, std::move(New)});
  }
  /// For the output: what changes in the files, once all is said.
  std::vector<FileEdit> take();

  const clang::SourceManager &Sources;
  SourceText &Text;

private:
  /// Of the first character behind the token at \p Where.
  unsigned offsetBehind(clang::SourceLocation Where) const;

  const clang::LangOptions &LangOpts;
  std::vector<FileEdit> Edits;
  /// What changes inside of macro calls, which therefore are written out.
  std::vector<clang::SourceRange> WrittenOut;
};

} // namespace weft

#endif // WEFT_REWRITE_SOURCEEDITS_H
