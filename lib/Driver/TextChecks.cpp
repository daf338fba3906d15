//===- TextChecks.cpp - Whether a function can be written anew ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/TextChecks.h"
#include "Rewrite/FunctionHead.h"

using namespace clang;
using namespace weft;

bool weft::checkText(const Coroutine &What, TranslationUnit &Unit,
                     const SourceText &Text, Reporter &Report) {
  const SourceManager &Sources = Unit.Sources;
  const Stmt *Body = What.Function->getBody();
  const SourceLocation Open = Sources.getFileLoc(Body->getBeginLoc());
  const SourceLocation Close = Sources.getFileLoc(Body->getEndLoc());
  const SourceLocation Start = Sources.getFileLoc(startOf(What.Function, Text));
  if (Sources.getFileID(Open) != Sources.getFileID(Close) ||
      Sources.getFileID(Start) != Sources.getFileID(Open)) {
    Report.report(Open, Diag::SplitByInclude) << What.Function;
    return false;
  }
  FileID File = Sources.getFileID(Open);
  for (FileID At = File; At != Sources.getMainFileID();) {
    At = Sources.getFileID(Sources.getIncludeLoc(At));
    if (At.isInvalid() || !Sources.getFileEntryRefForID(At)) {
      Report.report(Open, Diag::ForcedInclude) << What.Function;
      return false;
    }
  }
  unsigned Begin = Sources.getFileOffset(Start);
  unsigned End = Sources.getFileOffset(Close);
  bool Fine = true;
  for (const IncludeDirective &I : Unit.Includes)
    if (I.Includer == File && I.Begin > Begin && I.Begin < End) {
      Report.report(Open, Diag::SplitByInclude) << What.Function;
      Fine = false;
    }
  if (Unit.ProbesMayDiffer)
    for (const Directive &D : Unit.Directives)
      if (D.What == Directive::Kind::Conditional && D.File == File &&
          D.Begin > Begin && D.Begin < End)
        for (const std::string &Macro : D.Macros)
          if (isCompilerProbe(Macro)) {
            Report.report(Sources.getLocForStartOfFile(File).getLocWithOffset(D.Begin),
                          Diag::CompilerIdentity)
                << Macro;
            Fine = false;
          }
  return Fine;
}

/// Whether a macro is called at \p Call, in a file, in \p Body or around it.
static bool isWithin(SourceLocation Call, SourceRange Body, const SourceManager &Sources) {
  const SourceLocation Begin = Sources.getExpansionLoc(Body.getBegin());
  const SourceLocation End = Sources.getExpansionLoc(Body.getEnd());
  return !Sources.isBeforeInTranslationUnit(Call, Begin) &&
         !Sources.isBeforeInTranslationUnit(End, Call);
}

void PragmaCheck::check(const FunctionDecl *In) {
  const SourceRange Body = In ? In->getBody()->getSourceRange() : SourceRange();
  llvm::erase_if(Calls, [&](SourceLocation Call) {
    if ((In && !isWithin(Call, Body, Unit.Sources)) || !Text.changesCallAt(Call))
      return false;
    Report.report(Call, Diag::MacroPragma);
    return true;
  });
}
