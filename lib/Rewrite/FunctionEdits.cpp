//===- FunctionEdits.cpp - A function's text and the texts in its place ---===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/FunctionEdits.h"
#include "Rewrite/FunctionHead.h"

using namespace clang;
using namespace weft;

FunctionEdits::FunctionEdits(const TransformedFunction &Function,
                             SourceEdits &Edits, bool LineDirectives)
    : What(Function.What), F(Function.F), Layout(Function.Layout), Place(Function.Place),
      Edits(Edits), Sources(Edits.Sources), Text(Edits.Text),
      LineDirectives(LineDirectives), Body(What.Function->getBody()) {
  File = Sources.getFileID(Sources.getFileLoc(Body->getBeginLoc()));
  FileName = lineName(Sources, File);
  OpenLine = Text.line(Body->getBeginLoc());
  CloseLine = Text.line(Body->getEndLoc());
  Begin = startOf(What.Function, Text);
  const SourceLocation Written = Sources.getFileLoc(Begin);
  BeginLine = Sources.getSpellingLineNumber(Written);
  BeginColumn = Sources.getSpellingColumnNumber(Written);
  if (BeginColumn == 1 && !Edits.isOpenInFront(Begin)) // Something is in front.
    BeginColumn = 2;
}

std::string FunctionEdits::bodyWithFrame(const std::string &Statement) const {
  LineWriter Writer(FileName, LineDirectives);
  for (size_t I = 0; I < indentation().size(); I += 2)
    Writer.indent();
  Writer.indent();
  writeFrame(F, Layout, Place, Writer);
  Writer.breakLine();
  Writer.write(Statement, OpenLine);
  return "{\n" + Writer.take() + resumeAt(CloseLine) + indentation() + "}";
}

std::string FunctionEdits::shortBody(const std::string &Statement,
                                     bool OneLine) const {
  if (OpenLine == CloseLine && (OneLine || LineDirectives))
    return "{ " + Statement + " }";
  if (!LineDirectives)
    return "{\n" + indentation() + "  " + Statement + "\n" + indentation() + "}";
  return "{ " + Statement + "\n" + resumeAt(CloseLine) + indentation() + "}";
}

std::string FunctionEdits::resumeAt(unsigned Line) const {
  return LineDirectives
             ? "#line " + std::to_string(Line) + " \"" + FileName + "\"\n"
             : std::string();
}

std::string FunctionEdits::indentation() const {
  llvm::StringRef Line = Sources.getBufferData(File).take_front(
      Sources.getFileOffset(Sources.getFileLoc(Body->getEndLoc())));
  Line = Line.drop_front(Line.rfind('\n') + 1);
  return std::string(Line.size() - Line.ltrim().size(), ' ');
}
