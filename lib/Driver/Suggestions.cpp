//===- Suggestions.cpp - What diagnostics say about edits -----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/Suggestions.h"
#include "Support/Diagnostics.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "clang/Tooling/DiagnosticsYaml.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <tuple>

using namespace clang;
using namespace weft;
using Message = tooling::DiagnosticMessage;
using llvm::StringRef;
using Level = DiagnosticsEngine::Level;

std::string weft::realPath(StringRef Directory, StringRef Name) {
  llvm::SmallString<256> Path, Real;
  if (!llvm::sys::path::is_absolute(Name))
    Path = Directory;
  llvm::sys::path::append(Path, Name);
  llvm::sys::fs::make_absolute(Path);
  if (!llvm::sys::fs::real_path(Path, Real))
    return Real.str().str();
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str(); // Standard input.
}

//===----------------------------------------------------------------------===//
// Collecting
//===----------------------------------------------------------------------===//

Suggestions::Suggestions(StringRef Given) : Directory(realPath(Given, ".")) {}

std::string Suggestions::pathOf(const SourceManager &Sources, FileID File) {
  OptionalFileEntryRef Entry = Sources.getFileEntryRefForID(File);
  if (!Entry)
    return "";
  std::string Path = realPath(Directory, Entry->getName());
  Spelled.try_emplace(
      Path, llvm::sys::path::remove_leading_dotslash(Entry->getName()).str());
  return Path;
}

void Suggestions::addFixIts(const Diagnostic &Info, Message &To) {
  const SourceManager &Sources = Info.getSourceManager();
  auto add = [&](const FixItHint &Hint) {
    CharSourceRange Range =
        Lexer::makeFileCharRange(Hint.RemoveRange, Sources, Language);
    if (!Range.isValid() || Sources.isInSystemHeader(Range.getBegin()))
      return false;
    std::string Path = pathOf(Sources, Sources.getFileID(Range.getBegin()));
    unsigned Begin = Sources.getFileOffset(Range.getBegin());
    unsigned End = Sources.getFileOffset(Range.getEnd());
    return !Path.empty() && !llvm::errorToBool(To.Fix[Path].add(
                                {Path, Begin, End - Begin, Hint.CodeToInsert}));
  };
  if (!llvm::all_of(Info.getFixItHints(), add))
    To.Fix.clear(); // All of it or nothing.
}

Message Suggestions::messageOf(const Diagnostic &Info) {
  llvm::SmallString<256> Text;
  Info.FormatDiagnostic(Text);
  StringRef Shown = Text;
  if (const DiagInfo *Row = rowOf(Info); Row && !Row->Flag.empty())
    Shown.consume_back(("[" + Row->Flag + "]").str()) ||
        Shown.consume_back(("[-W" + Row->Flag + "]").str());
  Message Result(Shown.rtrim());
  Result.FileOffset = 0;
  if (!Info.hasSourceManager() || !Info.getLocation().isValid())
    return Result;

  const SourceManager &Sources = Info.getSourceManager();
  SourceLocation Where = Sources.getFileLoc(Info.getLocation());
  Result.FilePath = pathOf(Sources, Sources.getFileID(Where));
  Result.FileOffset = Sources.getFileOffset(Where);
  for (const CharSourceRange &Each : Info.getRanges())
    if (CharSourceRange Range = Lexer::makeFileCharRange(Each, Sources, Language);
        Range.isValid() && Sources.getFileID(Range.getBegin()) ==
                               Sources.getFileID(Where)) {
      Result.Ranges.emplace_back();
      Result.Ranges.back().FilePath = Result.FilePath;
      Result.Ranges.back().FileOffset = Sources.getFileOffset(Range.getBegin());
      Result.Ranges.back().Length = Sources.getFileOffset(Range.getEnd()) -
                                    Result.Ranges.back().FileOffset;
    }
  addFixIts(Info, Result);
  return Result;
}

void Suggestions::HandleDiagnostic(Level Severity, const Diagnostic &Info) {
  DiagnosticConsumer::HandleDiagnostic(Severity, Info);
  if (Severity == Level::Ignored)
    return;
  Message Said = messageOf(Info);
  const DiagInfo *Row = rowOf(Info);
  if (Severity != Level::Note) {
    Found.emplace_back(Row ? Row->Flag : "clang-diagnostic-error",
                       Severity >= Level::Error ? tooling::Diagnostic::Error
                                                : tooling::Diagnostic::Warning,
                       Directory);
    Found.back().Message = std::move(Said);
  } else if (!Found.empty()) {
    // To drive a call means another thing than to annotate its caller.
    if (Row && Row->Id == Diag::DriveInstead &&
        !tooling::selectFirstFix(Found.back()))
      Said.Fix.clear();
    Found.back().Notes.push_back(std::move(Said));
  }
}

//===----------------------------------------------------------------------===//
// Choosing
//===----------------------------------------------------------------------===//

ChosenEdits::Edits
ChosenEdits::newOnes(const llvm::StringMap<tooling::Replacements> &Fix) const {
  Edits All, New;
  for (const auto &File : Fix)
    All.insert(All.end(), File.second.begin(), File.second.end());
  llvm::sort(All);
  for (const tooling::Replacement &Each : All)
    if (!Known.count(Each))
      New.push_back(Each);
  const bool Alike = llvm::all_of(All, [&](const tooling::Replacement &Each) {
    return Each.getLength() == 0 &&
           Each.getReplacementText().trim() == All[0].getReplacementText().trim();
  });
  return Alike || New.empty() ? New : All;
}

//===----------------------------------------------------------------------===//
// Export
//===----------------------------------------------------------------------===//

/// What clang::tooling::selectFirstFix selects, to be changed.
static Message *firstWithFix(tooling::Diagnostic &Of) {
  if (!Of.Message.Fix.empty())
    return &Of.Message;
  auto It = llvm::find_if(Of.Notes, [](const Message &M) { return !M.Fix.empty(); });
  return It == Of.Notes.end() ? nullptr : &*It;
}

std::string weft::toYaml(StringRef MainFile,
                         std::vector<tooling::Diagnostic> Found) {
  tooling::TranslationUnitDiagnostics Unit;
  Unit.MainSourceFile = realPath("", MainFile);
  std::set<std::tuple<std::string, std::string, unsigned, std::string>> Seen;
  ChosenEdits Chosen;
  for (tooling::Diagnostic &Each : Found) {
    if (!Seen.emplace(Each.DiagnosticName, Each.Message.FilePath,
                      Each.Message.FileOffset, Each.Message.Message)
             .second)
      continue;
    if (Message *First = firstWithFix(Each)) {
      ChosenEdits::Edits New = Chosen.newOnes(First->Fix);
      Chosen.choose(New);
      First->Fix.clear();
      for (const tooling::Replacement &Edit : New)
        llvm::cantFail(First->Fix[Edit.getFilePath()].add(Edit));
      if (New.empty()) // What is left is the other way out.
        for (Message &Note : Each.Notes)
          Note.Fix.clear();
    }
    Unit.Diagnostics.push_back(std::move(Each));
  }
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  llvm::yaml::Output Yaml(Stream);
  Yaml << Unit;
  return Text;
}
