//===- TranslationUnit.cpp - One source file as Clang understood it -------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/TranslationUnit.h"
#include "Frontend/CompileCommand.h"
#include "Frontend/PreprocessorRecord.h"
#include "Frontend/ProjectFile.h"
#include "Frontend/ResourceDirectory.h"
#include "Support/ClangCompat.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/ChainedDiagnosticConsumer.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;
using namespace weft;

namespace weft {
void registerAttributes();
}

namespace {

/// Lets through errors, Weft's own diagnostics and the notes that belong to
/// either: the ordinary warnings come from the real compiler, once.
class ErrorsAndOurs : public DiagnosticConsumer {
public:
  explicit ErrorsAndOurs(std::unique_ptr<DiagnosticConsumer> To)
      : To(std::move(To)) {}

  void BeginSourceFile(const LangOptions &Lang,
                       const Preprocessor *PP) override {
    To->BeginSourceFile(Lang, PP);
  }
  void EndSourceFile() override { To->EndSourceFile(); }
  void finish() override { To->finish(); }
  void clear() override {
    DiagnosticConsumer::clear();
    To->clear();
  }

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    if (Level != DiagnosticsEngine::Note)
      Pass = Level >= DiagnosticsEngine::Error ||
             Info.getID() >= diag::DIAG_UPPER_LIMIT;
    if (!Pass)
      return;
    DiagnosticConsumer::HandleDiagnostic(Level, Info); // Counts.
    To->HandleDiagnostic(Level, Info);
  }

private:
  std::unique_ptr<DiagnosticConsumer> To;
  bool Pass = false;
};

/// Lists what -MD would name, and what is a system header among it.
class InputCollector : public DependencyCollector {
public:
  explicit InputCollector(std::vector<InputFile> &Inputs) : Inputs(Inputs) {}

  bool needSystemDependencies() override { return true; }

  bool sawDependency(StringRef Name, bool FromModule, bool IsSystem,
                     bool IsModuleFile, bool IsMissing) override {
    if (!DependencyCollector::sawDependency(Name, FromModule, IsSystem,
                                            IsModuleFile, IsMissing))
      return false;
    if (Seen.insert(Name).second)
      Inputs.push_back({Name.str(), IsSystem});
    return true;
  }

private:
  std::vector<InputFile> &Inputs;
  llvm::StringSet<> Seen;
};

using Callback = llvm::function_ref<void(TranslationUnit &)>;

/// Removes the calls in files that give the program no token: nothing of such a file
/// is ever written out, and a token buffer does not know it, nor says so.
void dropCallsWithoutTokens(std::vector<SourceLocation> &Calls,
                            const syntax::TokenBuffer &Tokens,
                            const SourceManager &Sources) {
  if (Calls.empty())
    return;
  llvm::DenseSet<FileID> Known;
  for (const syntax::Token &Each : Tokens.expandedTokens())
    Known.insert(Sources.getFileID(Sources.getExpansionLoc(Each.location())));
  llvm::erase_if(Calls, [&](SourceLocation Call) {
    return !Known.contains(Sources.getFileID(Call));
  });
}

class Consumer : public ASTConsumer {
public:
  Consumer(CompilerInstance &Compiler, const AnalysisCommand &Command,
           const ProjectFile &Project, PreprocessorRecord &Record,
           syntax::TokenCollector &Collector, Callback Use)
      : Compiler(Compiler), Command(Command), Project(Project), Record(Record),
        Collector(Collector), Use(Use) {}

  void HandleTranslationUnit(ASTContext &AST) override {
    if (Compiler.getDiagnostics().hasErrorOccurred())
      return;
    syntax::TokenBuffer Tokens = std::move(Collector).consume();
    dropCallsWithoutTokens(Record.PragmaCalls, Tokens, Compiler.getSourceManager());
    TranslationUnit Unit{Compiler,
                         AST,
                         Compiler.getSourceManager(),
                         Tokens,
                         std::move(Record.Includes),
                         std::move(Record.Directives),
                         std::move(Record.PragmaCalls),
                         Command.StandsInForGcc,
                         Command.ProbesMayDiffer,
                         Project};
    Use(Unit);
  }

private:
  CompilerInstance &Compiler;
  const AnalysisCommand &Command;
  const ProjectFile &Project;
  PreprocessorRecord &Record;
  syntax::TokenCollector &Collector;
  Callback Use;
};

class Action : public ASTFrontendAction {
public:
  Action(const AnalysisCommand &Command, const ProjectFile &Project,
         std::vector<InputFile> *Inputs, Callback Use)
      : Command(Command), Project(Project), Inputs(Inputs), Use(Use) {}

  bool BeginSourceFileAction(CompilerInstance &Compiler) override {
    Preprocessor &PP = Compiler.getPreprocessor();
    PP.setPredefines(Command.Predefines + PP.getPredefines());
    recordPreprocessing(PP, Record);
    if (Inputs)
      Dependencies.emplace(*Inputs).attachToPreprocessor(PP);
    Collector.emplace(PP);
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler,
                                                 StringRef) override {
    return std::make_unique<Consumer>(Compiler, Command, Project, Record,
                                      *Collector, Use);
  }

private:
  const AnalysisCommand &Command;
  const ProjectFile &Project;
  std::vector<InputFile> *Inputs;
  PreprocessorRecord Record;
  std::optional<InputCollector> Dependencies;
  std::optional<syntax::TokenCollector> Collector;
  Callback Use;
};

llvm::raw_ostream &streamOf(const weft::FrontendOptions &Options) {
  return Options.Printed ? *Options.Printed : llvm::errs();
}

/// What prints diagnostics, and hands them to who else wants them.
std::unique_ptr<DiagnosticConsumer> makeClient(const weft::FrontendOptions &Options,
                                               DiagnosticOptions &Style) {
  std::unique_ptr<DiagnosticConsumer> Printer =
      compat::makePrinter(streamOf(Options), Style);
  if (!Options.Observer)
    return Printer;
  return std::make_unique<ChainedDiagnosticConsumer>(Options.Observer,
                                                     std::move(Printer));
}

/// Clang's settings for \p Command; null when its driver refused, reported.
std::shared_ptr<CompilerInvocation>
makeInvocation(const AnalysisCommand &Command,
               const weft::FrontendOptions &Options,
               compat::FileSystemRef Files) {
  compat::OwnedDiagnosticOptions Driver;
  Driver.get().ShowColors = Options.Color;
  ErrorsAndOurs Client(makeClient(Options, Driver.get()));
  auto Diagnostics = compat::makeDiagnostics(Driver.get(), &Client);

  std::vector<const char *> Args;
  for (const std::string &Word : Command.Args)
    Args.push_back(Word.c_str());
  CreateInvocationOptions Create;
  Create.Diags = Diagnostics;
  Create.VFS = Files;
  std::shared_ptr<CompilerInvocation> Invocation =
      createInvocation(Args, Create);
  if (!Invocation)
    return nullptr;

  Invocation->getDependencyOutputOpts() = DependencyOutputOptions();
  Invocation->getFrontendOpts().DisableFree = false;
  Invocation->getDiagnosticOpts().ShowColors = Options.Color;
  PreprocessorOptions &PPOptions = Invocation->getPreprocessorOpts();
  PPOptions.UsePredefines = false; // Command.Predefines stands in for them.
  if (Options.MainText)
    PPOptions.addRemappedFile(Options.MainFile,
                              llvm::MemoryBuffer::getMemBufferCopy(
                                  *Options.MainText, Options.MainFile)
                                  .release());
  if (Options.Edited)
    for (const auto &[Name, Text] : *Options.Edited)
      PPOptions.addRemappedFile(
          Name, llvm::MemoryBuffer::getMemBufferCopy(Text, Name).release());
  return Invocation;
}

} // namespace

bool weft::isCompilerProbe(llvm::StringRef Macro) {
  static constexpr llvm::StringRef Probes[] = {
      "__has_builtin",           "__has_constexpr_builtin",
      "__has_feature",           "__has_extension",
      "__has_attribute",         "__has_cpp_attribute",
      "__has_c_attribute",       "__has_declspec_attribute",
      "__has_warning",           "__is_identifier",
      "__building_module",       "__is_target_arch",
      "__is_target_vendor",      "__is_target_os",
      "__is_target_environment", "_FORTIFY_SOURCE"};
  return llvm::is_contained(Probes, Macro);
}

bool weft::readTranslationUnit(const weft::FrontendOptions &Options,
                               Callback Use, bool *Unusable) {
  registerAttributes();
  auto GiveUp = [&](llvm::Error Error) {
    streamOf(Options) << "weft: error: " << llvm::toString(std::move(Error)) << '\n';
    if (Unusable)
      *Unusable = true;
    return false;
  };
  auto Resources = findResourceDirectory(Options.ResourceDirectory);
  if (!Resources)
    return GiveUp(Resources.takeError());
  auto Command = prepareAnalysis(Options, *Resources);
  if (!Command)
    return GiveUp(Command.takeError());
  auto Project = readProjectFile(Options, streamOf(Options));
  if (!Project)
    return false;

  compat::FileSystemRef Files = llvm::vfs::createPhysicalFileSystem();
  if (!Options.Directory.empty())
    Files->setCurrentWorkingDirectory(Options.Directory);
  std::shared_ptr<CompilerInvocation> Invocation =
      makeInvocation(*Command, Options, Files);
  if (!Invocation)
    return false;

  ErrorsAndOurs Client(makeClient(Options, Invocation->getDiagnosticOpts()));
  auto Compiler = compat::makeCompiler(Invocation, Files, &Client);
  Compiler->setVerboseOutputStream(streamOf(Options)); // How many errors.
  Action Act(*Command, *Project, Options.Inputs, Use);
  const bool Finished = Compiler->ExecuteAction(Act);
  if (Options.Inputs && !Project->Name.empty())
    Options.Inputs->push_back({Project->Name});
  return Finished && !Compiler->getDiagnostics().hasErrorOccurred();
}

unsigned long TranslationUnit::featureMacro(StringRef Name) const {
  const Preprocessor &PP = Compiler.getPreprocessor();
  const MacroInfo *Macro = PP.getMacroInfo(PP.getIdentifierInfo(Name));
  unsigned long Value = 0;
  if (Macro && Macro->getNumTokens() == 1)
    StringRef(PP.getSpelling(Macro->getReplacementToken(0))).consumeInteger(10, Value);
  return Value;
}
