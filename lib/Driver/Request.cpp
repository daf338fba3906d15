//===- Request.cpp - What a command line asks the tool to do --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/Request.h"
#include "Launcher/CompilerArgs.h"
#include "Launcher/Depfile.h"
#include "Launcher/ResponseFile.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

using namespace weft;
using llvm::StringRef;
using Database = clang::tooling::CompilationDatabase;
namespace sys = llvm::sys;

static llvm::Error usage(const llvm::Twine &Text) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Text);
}

bool weft::wantsColor(const CommandLine &Line) {
  std::string Wanted = Line.value(OptionId::Color);
  if (Wanted == "always" || Wanted == "never")
    return Wanted == "always";
  auto NoColor = sys::Process::GetEnv("NO_COLOR");
  return !(NoColor && !NoColor->empty()) &&
         sys::Process::StandardErrHasColors();
}

//===----------------------------------------------------------------------===//
// Compile commands
//===----------------------------------------------------------------------===//

/// The compiler to imitate where no command names one.
static std::string defaultCompiler() {
  if (auto Cxx = sys::Process::GetEnv("CXX"))
    if (!StringRef(*Cxx).trim().empty())
      return *Cxx;
  for (const char *Name : {"c++", "g++", "clang++"})
    if (sys::findProgramByName(Name))
      return Name;
  return "c++";
}

/// \p Words behind ccache and other launchers.
static std::vector<std::string>
behindLaunchers(const std::vector<std::string> &Words) {
  CompilerArgs Args = understandCompiler(Words);
  return {Args.Words.begin() + Args.Compiler, Args.Words.end()};
}

/// `weft a.cpp -- -std=c++20` or `weft a.cpp -- g++ -std=c++20`.
static void fixedCommand(const CommandLine &Line, FrontendOptions &To) {
  std::vector<std::string> Words = expandResponseFiles(Line.CompilerArgs);
  if (Words.empty() || StringRef(Words[0]).starts_with("-")) {
    std::vector<std::string> Compiler = splitResponseText(defaultCompiler());
    Words.insert(Words.begin(), Compiler.begin(), Compiler.end());
  }
  To.Command = behindLaunchers(Words);
}

static llvm::Error commandFromDatabase(Database &From, StringRef Source,
                                       FrontendOptions &To) {
  llvm::SmallString<256> Path(Source);
  sys::fs::make_absolute(Path);
  sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  auto Commands = From.getCompileCommands(Path);
  if (Commands.empty())
    return usage("there is no compile command for '" + Source + "'");
  To.Command = behindLaunchers(Commands.front().CommandLine);
  To.Directory = Commands.front().Directory;
  To.MainFile = Path.str().str();
  return llvm::Error::success();
}

static llvm::Expected<std::unique_ptr<Database>>
openDatabase(const CommandLine &Line) {
  std::unique_ptr<Database> Result;
  if (Line.has(OptionId::BuildPath)) {
    llvm::SmallString<256> Path(Line.value(OptionId::BuildPath));
    sys::path::append(Path, "compile_commands.json");
    std::string Why;
    Result = clang::tooling::JSONCompilationDatabase::loadFromFile(
        Path, Why, clang::tooling::JSONCommandLineSyntax::AutoDetect);
    if (!Result)
      return usage("cannot use '" + Path + "': " + StringRef(Why).trim());
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

static std::string defaultOutput(const CommandLine &Line, StringRef Source,
                                 EmitKind Emit) {
  if (Line.has(OptionId::Check) || Line.has(OptionId::Fix))
    return "";
  bool Named = Line.has(OptionId::OutDir);
  if (Line.has(OptionId::Explain))
    return "-";
  if (Source == "-" || (Emit == EmitKind::Json && !Named))
    return "-";
  llvm::SmallString<256> Path(Line.value(OptionId::OutDir));
  sys::path::append(Path, sys::path::stem(Source));
  Path += Emit == EmitKind::Json ? ".weft.json" : ".weft.cpp";
  return Path.str().str();
}

static void addDepfile(const CommandLine &Line, Job &To) {
  To.Depfile = Line.value(OptionId::DepFile);
  if (To.Depfile.empty()) {
    llvm::SmallString<256> Path(To.Output);
    sys::path::replace_extension(Path, "d");
    To.Depfile = Path.str().str();
  }
  for (const GivenOption &Option : Line.Options)
    if (Option.Id == OptionId::DepTarget)
      To.DepTargets.push_back(Option.Value);
    else if (Option.Id == OptionId::DepQuotedTarget)
      To.DepTargets.push_back(quoteForMake(Option.Value));
  if (To.DepTargets.empty())
    To.DepTargets.push_back(quoteForMake(To.Output));
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

static llvm::Error checkOptions(const CommandLine &Line) {
  auto Has = [&](OptionId Id) { return Line.has(Id); };
  if (Line.Sources.empty())
    return usage("no source is named; see 'weft --help'");
  if (Has(OptionId::Output) && Line.Sources.size() > 1)
    return usage("'-o' cannot name one output for several sources; use "
                 "'--out-dir'");
  if (Has(OptionId::Output) && Has(OptionId::OutDir))
    return usage("'-o' and '--out-dir' contradict each other");
  if (Has(OptionId::Check) &&
      (Has(OptionId::Output) || Has(OptionId::OutDir) || Has(OptionId::Emit)))
    return usage("'--check' writes nothing, so it takes no output option");
  if (Has(OptionId::Fix) &&
      (Has(OptionId::Output) || Has(OptionId::OutDir) || Has(OptionId::Emit) ||
       Has(OptionId::Explain) || Has(OptionId::DepAll) || Has(OptionId::DepUser)))
    return usage("'--fix' edits the sources and writes nothing else, so it takes "
                 "no output option");
  if (Has(OptionId::Fix) && Has(OptionId::Check))
    return usage("'--check' changes nothing, '--fix' edits the sources: they "
                 "contradict each other");
  if (Has(OptionId::Fix) && Has(OptionId::ExportFixes))
    return usage("'--fix' applies what '--export-fixes' leaves to others: they "
                 "contradict each other");
  if (Has(OptionId::Fix) && llvm::is_contained(Line.Sources, "-"))
    return usage("'--fix' cannot edit standard input");
  if (Has(OptionId::ExportFixes) && Line.value(OptionId::ExportFixes).empty())
    return usage("the name behind '--export-fixes' is empty");
  if (Has(OptionId::Explain) && (Has(OptionId::Check) || Has(OptionId::Emit)))
    return usage("'--explain' and '--check' or '--emit' contradict each other");
  if (Has(OptionId::BuildPath) && Line.HasCompilerArgs)
    return usage("'-p' and compiler arguments behind '--' contradict each "
                 "other; use '--extra-arg'");
  if (Has(OptionId::Output) && Line.value(OptionId::Output).empty())
    return usage("the name behind '-o' is empty");
  bool Depfile = Has(OptionId::DepAll) || Has(OptionId::DepUser);
  for (OptionId Id : {OptionId::DepFile, OptionId::DepTarget,
                      OptionId::DepQuotedTarget, OptionId::DepPhony})
    if (Has(Id) && !Depfile)
      return usage("'-MF', '-MT', '-MQ' and '-MP' need '-MD' or '-MMD'");
  if (Depfile && Has(OptionId::DepFile) && Line.Sources.size() > 1)
    return usage("'-MF' cannot name one dependency file for several sources");
  if (llvm::count(Line.Sources, "-") > 1)
    return usage("standard input can be read only once");
  if (Has(OptionId::StdinFilename) && !llvm::is_contained(Line.Sources, "-"))
    return usage("'--stdin-filename' needs '-' as a source");
  return llvm::Error::success();
}

static llvm::Error readValues(const CommandLine &Line, Request &To) {
  To.Transform.Explain = Line.value(OptionId::Explain);
  std::string Emit = Line.value(OptionId::Emit);
  if (Emit == "json")
    To.Transform.Emit = EmitKind::Json;
  else if (!Emit.empty() && Emit != "cpp")
    return usage("'" + Emit + "' is not a value of '--emit': cpp or json");
  std::string Color = Line.value(OptionId::Color);
  if (!Color.empty() && Color != "auto" && Color != "always" &&
      Color != "never")
    return usage("'" + Color +
                 "' is not a value of '--color': auto, always or never");
  for (const std::string &Warning : Line.values(OptionId::Warning))
    if (!To.Transform.Warnings.apply(Warning))
      return usage("'" + Warning + "' names no diagnostic of weft's");
  To.Transform.GreenAll = Line.has(OptionId::GreenAll);
  To.Transform.LineDirectives = !Line.has(OptionId::NoLineDirectives);
  To.Fix = Line.has(OptionId::Fix);
  To.ExportFixes = Line.value(OptionId::ExportFixes);
  To.DepfileHasSystem = Line.has(OptionId::DepAll);
  To.DepfilePhony = Line.has(OptionId::DepPhony);
  if (Line.has(OptionId::InputsFd))
    To.InputsFd = atoi(Line.value(OptionId::InputsFd).c_str());
  return llvm::Error::success();
}

static llvm::Expected<Job> makeJob(const CommandLine &Line, Database *From,
                                   const Request &For, StringRef Source) {
  Job Result;
  FrontendOptions &Frontend = Result.Frontend;
  Frontend.MainFile = Source.str();
  Frontend.Color = wantsColor(Line);
  Frontend.ResourceDirectory = Line.value(OptionId::ResourceDir);
  if (Source == "-") {
    Frontend.MainFile = Line.value(OptionId::StdinFilename);
    if (Frontend.MainFile.empty())
      Frontend.MainFile = "<stdin>";
    Frontend.MainText.emplace(); // Filled when its turn comes.
  }
  if (From) {
    if (auto Error = commandFromDatabase(*From, Frontend.MainFile, Frontend))
      return Error;
  } else
    fixedCommand(Line, Frontend);
  std::vector<std::string> &Command = Frontend.Command;
  auto Before = Line.values(OptionId::ExtraArgBefore);
  auto After = Line.values(OptionId::ExtraArg);
  Command.insert(Command.begin() + 1, Before.begin(), Before.end());
  Command.insert(Command.end(), After.begin(), After.end());

  Result.Output = Line.has(OptionId::Output)
                      ? Line.value(OptionId::Output)
                      : defaultOutput(Line, Source, For.Transform.Emit);
  if (Result.Output == Source && Source != "-")
    return usage("'" + Source + "' would be overwritten by its own output");
  if (Line.has(OptionId::DepAll) || Line.has(OptionId::DepUser)) {
    if (!Line.has(OptionId::DepFile) &&
        (Result.Output == "-" || Result.Output.empty()))
      return usage("'-MD' without an output file needs '-MF'");
    if (Result.Output.empty() && !Line.has(OptionId::DepTarget) &&
        !Line.has(OptionId::DepQuotedTarget))
      return usage("'-MD' without an output needs '-MT' or '-MQ'");
    addDepfile(Line, Result);
  }
  return Result;
}

llvm::Expected<Request> weft::understandRequest(const CommandLine &Line) {
  if (!Line.Error.empty())
    return usage(Line.Error);
  Request Result;
  if (auto Error = checkOptions(Line))
    return Error;
  if (auto Error = readValues(Line, Result))
    return Error;
  auto From = openDatabase(Line);
  if (!From)
    return From.takeError();

  llvm::StringSet<> Outputs;
  for (const std::string &Source : Line.Sources) {
    auto One = makeJob(Line, From->get(), Result, Source);
    if (!One)
      return One.takeError();
    if (!One->Output.empty() && One->Output != "-" &&
        !Outputs.insert(One->Output).second)
      return usage("two sources would be written to '" + One->Output + "'");
    if (llvm::is_contained({Source == "-" ? "" : Source, One->Output, One->Depfile},
                           Result.ExportFixes) &&
        Line.has(OptionId::ExportFixes))
      return usage("the fix-its and something else would be in '" +
                   Result.ExportFixes + "'");
    Result.Jobs.push_back(std::move(*One));
  }
  return Result;
}
