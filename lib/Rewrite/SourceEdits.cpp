//===- SourceEdits.cpp - Changes of the user's text -----------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/SourceEdits.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace weft;

unsigned SourceEdits::offsetBehind(SourceLocation Where) const {
  return Sources.getFileOffset(Where) + Text.spelling(Where).size();
}

void SourceEdits::insertBefore(SourceLocation Where, std::string New) {
  if (isOpenInFront(Where)) {
    auto [File, Offset] = Sources.getDecomposedExpansionLoc(Where);
    Edits.push_back({File, Offset, Offset, New});
  } else {
    WrittenOut.push_back(Where);
  }
  Text.insertBefore(Where, std::move(New));
}

void SourceEdits::insertAfter(SourceLocation Where, std::string New) {
  if (Where.isFileID()) {
    const unsigned Offset = offsetBehind(Where);
    Edits.push_back({Sources.getFileID(Where), Offset, Offset, New});
  } else {
    WrittenOut.push_back(Where);
  }
  Text.insertAfter(Where, std::move(New));
}

void SourceEdits::replace(SourceRange Range, std::string New) {
  if (Range.getBegin().isFileID() && Range.getEnd().isFileID()) {
    auto [File, Begin] = Sources.getDecomposedLoc(Range.getBegin());
    Edits.push_back({File, Begin, offsetBehind(Range.getEnd()), New});
  } else {
    WrittenOut.push_back(Range);
  }
  Text.replace(Range, std::move(New));
}

bool SourceEdits::isOpenInFront(SourceLocation Where) const {
  return Where.isFileID() ||
         Lexer::isAtStartOfMacroExpansion(Where, Sources, LangOpts);
}

std::vector<FileEdit> SourceEdits::take() {
  std::vector<FilePiece> Pieces;
  for (SourceRange Each : WrittenOut)
    Pieces.push_back(Text.withCalls(Each));
  llvm::sort(Pieces, [](const FilePiece &A, const FilePiece &B) {
    return A.Tokens < B.Tokens;
  });
  for (size_t I = 0; I < Pieces.size(); ++I) {
    FilePiece All = Pieces[I];
    for (; I + 1 < Pieces.size() && Pieces[I + 1].Tokens.first < All.Tokens.second; ++I)
      if (Pieces[I + 1].Tokens.second > All.Tokens.second) {
        All.Tokens.second = Pieces[I + 1].Tokens.second;
        All.End = Pieces[I + 1].End;
      }
    Edits.push_back({All.File, All.Begin, All.End, Text.text(All)});
  }
  return std::move(Edits);
}
