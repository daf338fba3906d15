//===- SourceEdits.cpp - Changes of the user's text -----------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/SourceEdits.h"

using namespace clang;
using namespace weft;

unsigned SourceEdits::offsetBehind(SourceLocation Where) const {
  return Sources.getFileOffset(Where) + Text.spelling(Where).size();
}

void SourceEdits::insertBefore(SourceLocation Where, std::string New) {
  auto [File, Offset] = Sources.getDecomposedExpansionLoc(Where);
  Edits.push_back({File, Offset, Offset, New});
  Text.insertBefore(Where, std::move(New));
}

void SourceEdits::insertAfter(SourceLocation Where, std::string New) {
  const unsigned Offset = offsetBehind(Where);
  Edits.push_back({Sources.getFileID(Where), Offset, Offset, New});
  Text.insertAfter(Where, std::move(New));
}

void SourceEdits::replace(SourceRange Range, std::string New) {
  auto [File, Begin] = Sources.getDecomposedLoc(Range.getBegin());
  Edits.push_back({File, Begin, offsetBehind(Range.getEnd()), New});
  Text.replace(Range, std::move(New));
}
