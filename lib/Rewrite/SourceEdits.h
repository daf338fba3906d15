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
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_SOURCEEDITS_H
#define WEFT_REWRITE_SOURCEEDITS_H

#include "Rewrite/Output.h"
#include "Support/SourceText.h"

namespace weft {

class SourceEdits {
public:
  SourceEdits(const clang::SourceManager &Sources, SourceText &Text)
      : Sources(Sources), Text(Text) {}

  /// Puts \p New in front of the token at \p Where, or behind it. A token in
  /// front of which something is put may be the first of a macro's expansion.
  void insertBefore(clang::SourceLocation Where, std::string New);
  void insertAfter(clang::SourceLocation Where, std::string New);
  /// Replaces the tokens of \p Range by \p New.
  void replace(clang::SourceRange Range, std::string New);
  /// Puts \p New into the file alone, where no function around it is.
  void insertInFile(clang::FileID File, unsigned Offset, std::string New) {
    Edits.push_back({File, Offset, Offset, std::move(New)});
  }
  /// For the output.
  std::vector<FileEdit> take() { return std::move(Edits); }

  const clang::SourceManager &Sources;
  SourceText &Text;

private:
  /// Of the first character behind the token at \p Where.
  unsigned offsetBehind(clang::SourceLocation Where) const;

  std::vector<FileEdit> Edits;
};

} // namespace weft

#endif // WEFT_REWRITE_SOURCEEDITS_H
