//===- LineWriter.cpp - Lines of output that know their source line ------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/LineWriter.h"

using namespace weft;

/// A branch or loop without braces must stay the last thing on its line, or
/// what follows looks guarded by it.
static bool canBeFollowed(llvm::StringRef Text) {
  if (Text.ends_with("}"))
    return true;
  if (Text.contains("//") || Text.starts_with("#") || Text.contains('\n'))
    return false;
  for (llvm::StringRef Word : {"if", "for", "while", "else", "do"})
    if (Text.starts_with(Word))
      return false;
  return true;
}

void LineWriter::write(llvm::StringRef Text, unsigned Line, unsigned Column,
                       bool KeepIndent) {
  if (Directives && Line && Joinable && Line + 1 == Next &&
      !Text.starts_with("#") && !Text.starts_with("//")) {
    Out.pop_back();
    Out += ' ';
    --Next; // Still on the same line.
  } else {
    if (Directives && Line && Line != Next) {
      Out += ("#line " + llvm::Twine(Line) + " \"" + File + "\"\n").str();
      Next = Line;
    }
    Out.append(Depth, ' ');
  }
  llvm::StringRef Written = Text;
  for (bool First = true; !Text.empty() || First; First = false) {
    auto [Head, Tail] = Text.split('\n');
    if (!First) {
      // Later lines move with the first.
      if (!KeepIndent) {
        size_t Cut = 0;
        while (Cut < Head.size() && Cut + 1 < Column && Head[Cut] == ' ')
          ++Cut;
        Head = Head.drop_front(Cut);
        if (!Head.empty())
          Out.append(Depth, ' ');
      }
    }
    Out += Head;
    Out += '\n';
    ++Next;
    bool More = Text.size() > Head.size() && Text.contains('\n');
    Text = Tail;
    if (!More)
      break;
  }
  if (Line == 0)
    Next = 0;
  Joinable = canBeFollowed(Written.trim());
}

void LineWriter::append(llvm::StringRef Text) {
  assert(!Out.empty() && Out.back() == '\n');
  Out.pop_back();
  Out += Text;
  Out += '\n';
}

void LineWriter::resume(unsigned Line) {
  if (Directives)
    Out += ("#line " + llvm::Twine(Line) + " \"" + File + "\"\n").str();
}
