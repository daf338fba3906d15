//===- Main.cpp - The program weft-core, all but main() -------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/Main.h"
#include "Driver/Fix.h"
#include "Driver/InternalError.h"
#include "Driver/LargeStack.h"
#include "Driver/Request.h"
#include "Driver/Suggestions.h"
#include "Frontend/ResourceDirectory.h"
#include "Launcher/AtomicFile.h"
#include "Launcher/Depfile.h"
#include "Support/Config.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <csignal>
#include <cstdlib>
#include <unistd.h>

using namespace weft;
using llvm::StringRef;

static int fail(int Status, const llvm::Twine &Text) {
  llvm::errs() << "weft: error: " << Text << '\n';
  return Status;
}

/// The status of the graver of two outcomes.
static int graver(int A, int B) { return std::max(A, B); }

/// Empty when \p Source can be read, else why not.
static std::string whyUnreadable(const FrontendOptions &Options) {
  llvm::SmallString<256> Path;
  if (!llvm::sys::path::is_absolute(Options.MainFile))
    Path = Options.Directory;
  llvm::sys::path::append(Path, Options.MainFile);
  llvm::sys::fs::file_status Status;
  if (std::error_code Error = llvm::sys::fs::status(Path, Status))
    return Error.message();
  if (llvm::sys::fs::is_directory(Status))
    return "it is a directory";
  if (Status.getSize() >= (1u << 31))
    return "it is larger than Clang can read (2 GiB)";
  int Fd;
  if (std::error_code Error = llvm::sys::fs::openFileForRead(Path, Fd))
    return Error.message();
  ::close(Fd);
  return "";
}

static std::string depfileText(const Job &Of, const Request &For,
                               llvm::ArrayRef<InputFile> Inputs) {
  DepRule Rule;
  Rule.Targets = Of.DepTargets;
  std::vector<DepRule> Rules(1);
  for (const InputFile &Input : Inputs)
    if (For.DepfileHasSystem || !Input.System) {
      Rule.Files.push_back(Input.Name);
      if (For.DepfilePhony && Input.Name != Of.Frontend.MainFile)
        Rules.push_back({{quoteForMake(Input.Name)}, {}});
    }
  Rules.front() = std::move(Rule);
  return printDepfile(Rules);
}

/// Writes \p Text to \p Name, or to standard output for `-`.
static int write(StringRef Name, StringRef Text) {
  std::string Why =
      Name == "-" ? writeTo(STDOUT_FILENO, Text) : writeFile(Name.str(), Text);
  if (Why.empty())
    return ExitOk;
  return fail(ExitIO, "cannot write '" +
                          (Name == "-" ? StringRef("standard output") : Name) +
                          "': " + Why);
}

/// \p FixIts, when not null, gets what the source's diagnostics propose.
static int runJob(Job &One, const Request &For,
                  std::vector<clang::tooling::Diagnostic> *FixIts) {
  FrontendOptions &Frontend = One.Frontend;
  if (Frontend.MainText) {
    auto Input = llvm::MemoryBuffer::getSTDIN();
    if (!Input)
      return fail(ExitIO,
                  "cannot read standard input: " + Input.getError().message());
    *Frontend.MainText = (*Input)->getBuffer().str();
  } else if (std::string Why = whyUnreadable(Frontend); !Why.empty())
    return fail(ExitIO, "cannot read '" + Frontend.MainFile + "': " + Why);

  std::vector<InputFile> Inputs;
  if (!One.Depfile.empty() || For.InputsFd >= 0)
    Frontend.Inputs = &Inputs;
  Suggestions Suggested(Frontend.Directory);
  if (FixIts)
    Frontend.Observer = &Suggested;
  TransformResult Result;
  bool Unusable = false;
  bool Read = readTranslationUnit(
      Frontend,
      [&](TranslationUnit &Unit) { Result = transform(Unit, For.Transform); },
      &Unusable);
  if (FixIts)
    llvm::append_range(*FixIts, Suggested.Found);
  if (Unusable)
    return ExitIO;
  if (!Read || !Result.Ok)
    return ExitUserError;

  if (For.InputsFd >= 0) {
    std::string List;
    for (const InputFile &Input : Inputs)
      if (!Input.System)
        (List += Input.Name) += '\0';
    writeTo(For.InputsFd, List);
  }
  if (!One.Output.empty())
    if (int Status = write(One.Output, Result.Text))
      return Status;
  return One.Depfile.empty()
             ? ExitOk
             : write(One.Depfile, depfileText(One, For, Inputs));
}

/// For the tests: what WEFT_NODE_RECORD names gets the classes of nodes that were met.
static int writeRecord(const char *Path, const NodeRecord &Nodes) {
  return write(Path, llvm::join(Nodes, "\n") + "\n");
}

static int transformAll(Request &Asked) {
  const bool Export = !Asked.ExportFixes.empty();
  const char *RecordPath = std::getenv("WEFT_NODE_RECORD");
  NodeRecord Nodes;
  if (RecordPath)
    Asked.Transform.Nodes = &Nodes;
  std::vector<clang::tooling::Diagnostic> FixIts;
  int Status = ExitOk;
  for (Job &One : Asked.Jobs)
    Status = graver(Status, runJob(One, Asked, Export ? &FixIts : nullptr));
  if (RecordPath)
    Status = graver(Status, writeRecord(RecordPath, Nodes));
  if (!Export)
    return Status;
  const FrontendOptions &First = Asked.Jobs.front().Frontend;
  return graver(Status, write(Asked.ExportFixes, toYaml(First.MainFile, FixIts)));
}

static int fix(Request &Asked) {
  for (const Job &One : Asked.Jobs)
    if (std::string Why = whyUnreadable(One.Frontend); !Why.empty())
      return fail(ExitIO, "cannot read '" + One.Frontend.MainFile + "': " + Why);
  return fixSources(Asked);
}

static int printResourceDirectory(const CommandLine &Line) {
  auto Directory = findResourceDirectory(Line.value(OptionId::ResourceDir));
  if (!Directory)
    return fail(ExitIO, llvm::toString(Directory.takeError()));
  return write("-", *Directory + "\n");
}

static int run(int Argc, char **Argv) {
  reportInternalErrors(Argc, Argv); // For the thread that it is called in.
  signal(SIGXFSZ, SIG_IGN); // A write beyond the limit is an error like others.
  std::vector<std::string> Words(Argv + 1, Argv + Argc);
  CommandLine Line = parseCommandLine(Words, /*MayLaunch=*/false);
  if (Line.Error.empty()) {
    if (Line.has(OptionId::Help))
      return write("-", helpText());
    if (Line.has(OptionId::Version))
      return write("-",
                   "weft " WEFT_VERSION " (LLVM " LLVM_VERSION_STRING ")\n");
    if (Line.has(OptionId::PrintResourceDir))
      return printResourceDirectory(Line);
  }
  auto Asked = understandRequest(Line);
  if (!Asked)
    return fail(ExitUsage, llvm::toString(Asked.takeError()));
  return Asked->Fix ? fix(*Asked) : transformAll(*Asked);
}

int weft::runTool(int Argc, char **Argv) {
  int Status = ExitOk;
  onLargeStack([&] { Status = run(Argc, Argv); });
  return Status;
}
