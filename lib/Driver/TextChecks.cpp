//===- TextChecks.cpp - Whether a function can be written anew ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/TextChecks.h"
#include "Rewrite/FunctionHead.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using namespace weft;

/// The word behind `#pragma` where that changes what the text behind it means: of
/// which parts move to other places.
static llvm::StringRef statefulPragma(const Directive &D, const SourceManager &Sources) {
  if (D.What != Directive::Kind::Pragma)
    return {};
  llvm::StringRef Words = Sources.getBufferData(D.File).slice(D.Begin, D.End);
  Words = Words.drop_front(Words.find("pragma")).drop_front(6).ltrim();
  const llvm::StringRef Word =
      Words.take_while([](char C) { return isAsciiIdentifierContinue(C); });
  return llvm::is_contained({"pack", "push_macro", "pop_macro"}, Word) ? Word : "";
}

bool weft::prepareText(const Coroutine &What, const TranslationUnit &Unit,
                       SourceText &Text, Reporter &Report) {
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
  bool Redefines = false;
  for (const Directive &D : Unit.Directives) {
    if (D.File != File || D.Begin <= Begin || D.Begin >= End)
      continue;
    Redefines |= D.What == Directive::Kind::Define || D.What == Directive::Kind::Undef;
    const SourceLocation Where = Sources.getLocForStartOfFile(File).getLocWithOffset(D.Begin);
    if (const auto Word = statefulPragma(D, Sources); !Word.empty()) {
      Report.report(Where, Diag::BodyPragma) << Word;
      Fine = false;
    }
    if (!Unit.ProbesMayDiffer || D.What != Directive::Kind::Conditional)
      continue;
    for (const std::string &Macro : D.Macros)
      if (isCompilerProbe(Macro)) {
        Report.report(Where, Diag::CompilerIdentity) << Macro;
        Fine = false;
      }
  }
  if (Redefines)
    Text.expandCalls(What.Function->getSourceRange());
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
