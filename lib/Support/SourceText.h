//===- SourceText.h - The user's text, verbatim but for edits ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what does this piece of the AST look like in the source, with these
// parts replaced? Text comes out as the user wrote it, comments and macro calls
// included; where a replacement falls inside a macro's expansion, that one
// macro call is written out expanded. Line breaks keep their places, so that
// one `#line` in front of a piece is right for all of it.
//
// Replacements are keyed by tokens after expansion. Of nested ones the
// outermost wins.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_SUPPORT_SOURCETEXT_H
#define WEFT_SUPPORT_SOURCETEXT_H

#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Tooling/Syntax/Tokens.h"
#include "llvm/ADT/StringSet.h"
#include <map>
#include <string>
#include <vector>

namespace weft {

/// A piece of text and the place in the user's file where it begins.
struct Piece {
  std::string Text;
  unsigned Line = 0;   ///< 1-based, 0: generated, belongs to no line.
  unsigned Column = 0; ///< 1-based column of the first character.
  bool HasRawString = false; ///< Must not be indented anew.
};

/// A part of a file that begins and ends with whole tokens and macro calls.
struct FilePiece {
  clang::FileID File;
  unsigned Begin = 0, End = 0; ///< Offsets.
  std::pair<unsigned, unsigned> Tokens; ///< After expansion.
};

class SourceText {
public:
  SourceText(const clang::SourceManager &Sources,
             const clang::LangOptions &LangOpts,
             const clang::syntax::TokenBuffer &Tokens);

  /// Replaces the tokens of \p Range by \p Text.
  void replace(clang::SourceRange Range, std::string Text);
  /// The same for tokens that have been taken elsewhere, together with what was
  /// put in front of them.
  void substitute(clang::SourceRange Range, std::string Text);
  /// Puts \p Text in front of the token at \p Where.
  void insertBefore(clang::SourceLocation Where, std::string Text);
  /// The same in place of what was put there before.
  void insertInstead(clang::SourceLocation Where, std::string Text);
  /// Puts \p Text behind the token at \p Where.
  void insertAfter(clang::SourceLocation Where, std::string Text);

  /// The same text as the user wrote it.
  SourceText withoutEdits() const { return {Sources, LangOpts, Tokens}; }

  /// Has the macro calls in \p Range written out: where they are to stand, their
  /// macros are not what they are here.
  void expandCalls(clang::SourceRange Range) { Expanded.push_back(indices(Range)); }

  /// The text of \p Range with the replacements inside it.
  Piece render(clang::SourceRange Range) const;
  /// The same without place: for use inside generated text.
  std::string text(clang::SourceRange Range) const {
    return render(Range).Text;
  }

  /// \p Written, with all of the macro calls that it begins and ends in.
  FilePiece withCalls(clang::SourceRange Written) const;
  /// What is to stand there: the text with its replacements and as many lines.
  std::string text(const FilePiece &Of) const;

  /// Comments and pragmas between two places of one file, each with its line.
  std::vector<Piece> comments(clang::SourceLocation After,
                              clang::SourceLocation Before) const;

  /// Spellings of all identifiers in \p Range after expansion, with their
  /// number of occurrences; not those behind `.`, `->` and `::`.
  std::map<std::string, unsigned> identifiers(clang::SourceRange Range) const;

  /// Whether the tokens of \p Inner are among those of \p Outer.
  bool isWithin(clang::SourceRange Inner, clang::SourceRange Outer) const;
  /// Whether the expansion of the macro that is called at \p Call, in a file, is
  /// written out: something in it is replaced, say.
  bool changesCallAt(clang::SourceLocation Call) const;

  /// True when \p Where stands in a file and not in a macro's expansion.
  static bool inFile(clang::SourceLocation Where) { return Where.isFileID(); }
  /// The token after the one at \p Where; invalid at the end.
  clang::SourceLocation next(clang::SourceLocation Where) const;
  /// \p Where, or the first `[[` of the attributes in front of it.
  clang::SourceLocation withAttributes(clang::SourceLocation Where) const;
  /// The token in front of the one at \p Where; invalid at the beginning.
  clang::SourceLocation before(clang::SourceLocation Where) const;
  std::string spelling(clang::SourceLocation Where) const;
  /// The spelling of the token in front of the one at \p Where.
  std::string previous(clang::SourceLocation Where) const;
  unsigned line(clang::SourceLocation Where) const;

private:
  struct Edit {
    unsigned End; ///< Index past the last replaced token.
    std::string Text;
    bool IsSubstitute = false; ///< Not just another spelling of what is there.
  };
  using Range = std::pair<unsigned, unsigned>;

  Range indices(clang::SourceRange Range) const;
  bool touched(Range What) const;
  bool isWrittenOut(Range Call) const;
  Piece render(Range What, unsigned &LastLine) const;

  const clang::SourceManager &Sources;
  const clang::LangOptions &LangOpts;
  const clang::syntax::TokenBuffer &Tokens;
  std::map<unsigned, std::vector<Edit>> Replaced;
  std::map<unsigned, std::string> Before, After;
  std::vector<Range> Expanded;
};

} // namespace weft

#endif // WEFT_SUPPORT_SOURCETEXT_H
