//===- Fix.cpp - The sources as the diagnostics would have them -----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/Fix.h"
#include "Driver/Suggestions.h"
#include "Launcher/AtomicFile.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <set>

using namespace clang;
using namespace weft;
using llvm::StringRef;

namespace {

/// Annotations reach one caller further in each round. No program is that deep;
/// this ends a run whose edits do not have the effect that they should have.
constexpr unsigned MaxRounds = 1000;

/// A source, and what its last reading said.
struct Source {
  Job *Of;
  std::string Printed;          ///< The diagnostics as text.
  std::map<std::string, std::string> Files; ///< How it calls them, by real path.
  std::vector<tooling::Diagnostic> Diagnostics;
  bool Parsed = false; ///< Clang understood it.
  bool Ok = false;
};

/// A file that is changed.
struct Target {
  std::string Before; ///< What the disk holds.
  std::string Name;   ///< As the sources call it.
  unsigned Fixes = 0;
};

class Fixer {
public:
  explicit Fixer(Request &Asked) : Asked(Asked) {
    for (Job &One : Asked.Jobs)
      Sources.push_back({&One, {}, {}, {}, false, false});
  }

  int run() {
    std::vector<Source *> Stale;
    for (Source &Each : Sources)
      Stale.push_back(&Each);
    for (unsigned Round = 0; !Stale.empty(); ++Round) {
      for (Source *Each : Stale)
        if (!read(*Each))
          return ExitIO;
      if (!allParsed())
        return giveUp();
      std::set<std::string> Changed;
      if (Round < MaxRounds)
        Changed = apply(Stale);
      Stale.clear();
      for (Source &Each : Sources)
        if (llvm::any_of(Each.Files, [&](const auto &File) {
              return Changed.count(File.first);
            }))
          Stale.push_back(&Each);
    }
    return finish();
  }

private:
  //===--------------------------------------------------------------------===//
  // Reading
  //===--------------------------------------------------------------------===//

  /// False when that failed, which is told, for no fault of the code.
  bool read(Source &One) {
    weft::FrontendOptions Options = One.Of->Frontend;
    Suggestions Suggested(Options.Directory);
    std::vector<InputFile> Inputs;
    One.Printed.clear();
    llvm::raw_string_ostream Printed(One.Printed);
    Printed.enable_colors(Options.Color);
    Options.Printed = &Printed;
    Options.Observer = &Suggested;
    Options.Inputs = &Inputs;
    std::map<std::string, std::string> Edited;
    for (const auto &[File, Name] : One.Files)
      if (auto It = Texts.find(File); It != Texts.end())
        Edited[Name] = It->second;
    Options.Edited = &Edited;

    bool Unusable = false, Parsed = false, Ok = false;
    bool Read = readTranslationUnit(
        Options,
        [&](TranslationUnit &Unit) {
          Parsed = true;
          Ok = transform(Unit, Asked.Transform).Ok;
        },
        &Unusable);
    if (Unusable)
      llvm::errs() << One.Printed;
    One.Parsed = Parsed;
    One.Ok = Read && Ok;
    One.Diagnostics = std::move(Suggested.Found);
    Spelled.insert(Suggested.Spelled.begin(), Suggested.Spelled.end());
    One.Files.clear();
    for (const InputFile &Input : Inputs)
      One.Files.try_emplace(realPath(Options.Directory, Input.Name), Input.Name);
    return !Unusable;
  }

  bool allParsed() const {
    return llvm::all_of(Sources, [](const Source &Each) { return Each.Parsed; });
  }

  /// What the fix-its are about cannot be known, or they are no good.
  int giveUp() {
    std::string Name;
    for (const Source &Each : Sources)
      if (!Each.Parsed) {
        llvm::errs() << Each.Printed;
        Name = Each.Of->Frontend.MainFile;
      }
    llvm::errs() << "weft: error: nothing was changed: "
                 << (Texts.empty() ? "" : "with the fixes ") << "'" << Name
                 << "' does not compile\n";
    return ExitUserError;
  }

  //===--------------------------------------------------------------------===//
  // Editing
  //===--------------------------------------------------------------------===//

  /// Puts into Texts what the diagnostics of \p Stale propose. Returns the real
  /// paths of the files that this changes.
  std::set<std::string> apply(llvm::ArrayRef<Source *> Stale) {
    ChosenEdits Chosen;
    std::map<std::string, tooling::Replacements> Edits;
    for (const Source *One : Stale)
      for (const tooling::Diagnostic &Each : One->Diagnostics)
        if (const auto *Fix = Each.DiagLevel == tooling::Diagnostic::Error
                                  ? tooling::selectFirstFix(Each)
                                  : nullptr)
          add(Chosen.newOnes(*Fix), Chosen, Edits);

    std::set<std::string> Changed;
    for (auto &[File, Replacements] : Edits) {
      auto Text = tooling::applyAllReplacements(textOf(File), Replacements);
      Texts[File] = llvm::cantFail(std::move(Text));
      Changed.insert(File);
    }
    return Changed;
  }

  /// Adds one fix, if it does not clash with those before; one that does comes
  /// again in the next round.
  void add(const ChosenEdits::Edits &Fix, ChosenEdits &Chosen,
           std::map<std::string, tooling::Replacements> &To) {
    std::map<std::string, tooling::Replacements> With;
    std::map<std::string, unsigned> Added;
    for (const tooling::Replacement &Edit : Fix) {
      const std::string File = Edit.getFilePath().str();
      if (!mayChange(File) || isThere(Edit))
        return;
      if (auto It = To.find(File); It != To.end())
        With.try_emplace(File, It->second);
      ++Added[File];
      if (llvm::errorToBool(With[File].add(Edit)))
        return;
    }
    Chosen.choose(Fix);
    for (auto &[File, Replacements] : With) {
      To[File] = std::move(Replacements);
      Targets.find(File)->second.Fixes += Added[File];
    }
  }

  /// Whether what \p Edit inserts stands there, without the effect it should have.
  bool isThere(const tooling::Replacement &Edit) {
    return Edit.getLength() == 0 &&
           textOf(Edit.getFilePath().str())
               .take_front(Edit.getOffset())
               .ends_with(Edit.getReplacementText());
  }

  StringRef textOf(const std::string &File) {
    auto It = Texts.find(File);
    return It == Texts.end() ? Targets.find(File)->second.Before : It->second;
  }

  /// Whether \p File can be written at the end. Its text is in Targets then.
  bool mayChange(const std::string &File) {
    if (Targets.count(File))
      return true;
    if (Protected.count(File))
      return false;
    auto Text = llvm::MemoryBuffer::getFile(File);
    std::error_code Error = Text.getError();
    StringRef Directory = llvm::sys::path::parent_path(File);
    using llvm::sys::fs::AccessMode;
    for (StringRef Each : {StringRef(File), Directory})
      if (!Error)
        Error = llvm::sys::fs::access(Each, AccessMode::Write);
    if (Error)
      Protected[File] = Error.message();
    else
      Targets[File] = {(*Text)->getBuffer().str(), Spelled[File], 0};
    return !Error;
  }

  //===--------------------------------------------------------------------===//
  // Writing
  //===--------------------------------------------------------------------===//

  int finish() {
    if (int Status = writeAll())
      return Status;
    int Status = ExitOk;
    for (const Source &Each : Sources) {
      llvm::errs() << Each.Printed;
      if (!Each.Ok)
        Status = ExitUserError;
    }
    for (const auto &[File, Text] : Texts) {
      const Target &To = Targets[File];
      llvm::errs() << "weft: changed '" << To.Name << "': " << To.Fixes
                   << (To.Fixes == 1 ? " fix" : " fixes") << '\n';
    }
    for (const auto &[File, Why] : Protected) {
      llvm::errs() << "weft: error: cannot change '" << Spelled[File]
                   << "': " << Why << '\n';
      Status = ExitIO;
    }
    return Status;
  }

  /// All files or none.
  int writeAll() {
    std::string Name, Why;
    for (const auto &[File, Text] : Texts) {
      auto Now = llvm::MemoryBuffer::getFile(File);
      if (!Now || (*Now)->getBuffer() != Targets[File].Before) {
        Name = Targets[File].Name;
        Why = Now ? "it was changed meanwhile" : Now.getError().message();
        break;
      }
    }
    std::vector<const std::string *> Written;
    if (Why.empty())
      for (const auto &[File, Text] : Texts) {
        Why = writeFile(File, Text);
        if (!Why.empty()) {
          Name = Targets[File].Name;
          break;
        }
        Written.push_back(&File);
      }
    if (Why.empty())
      return ExitOk;
    for (const std::string *File : Written)
      writeFile(*File, Targets[*File].Before);
    llvm::errs() << "weft: error: nothing was changed: cannot write '" << Name
                 << "': " << Why << '\n';
    return ExitIO;
  }

  Request &Asked;
  std::vector<Source> Sources;
  std::map<std::string, std::string> Texts; ///< Edited, by real path.
  std::map<std::string, Target> Targets;
  std::map<std::string, std::string> Protected; ///< Why it cannot be changed.
  std::map<std::string, std::string> Spelled;
};

} // namespace

int weft::fixSources(Request &Asked) { return Fixer(Asked).run(); }
