//===- TranslationUnit.cpp - One source file as Clang understood it -------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/TranslationUnit.h"
#include "Frontend/PreprocessorRecord.h"
#include "Support/ClangCompat.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/PreprocessorOptions.h"

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

using Callback = llvm::function_ref<void(TranslationUnit &)>;

class Consumer : public ASTConsumer {
public:
  Consumer(CompilerInstance &Compiler, PreprocessorRecord &Record,
           syntax::TokenCollector &Collector, Callback Use)
      : Compiler(Compiler), Record(Record), Collector(Collector), Use(Use) {}

  void HandleTranslationUnit(ASTContext &AST) override {
    if (Compiler.getDiagnostics().hasErrorOccurred())
      return;
    syntax::TokenBuffer Tokens = std::move(Collector).consume();
    TranslationUnit Unit{Compiler,
                         AST,
                         Compiler.getSourceManager(),
                         Tokens,
                         std::move(Record.Includes),
                         std::move(Record.Directives)};
    Use(Unit);
  }

private:
  CompilerInstance &Compiler;
  PreprocessorRecord &Record;
  syntax::TokenCollector &Collector;
  Callback Use;
};

class Action : public ASTFrontendAction {
public:
  explicit Action(Callback Use) : Use(Use) {}

  bool BeginSourceFileAction(CompilerInstance &Compiler) override {
    recordPreprocessing(Compiler.getPreprocessor(), Record);
    Collector.emplace(Compiler.getPreprocessor());
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler,
                                                 StringRef) override {
    return std::make_unique<Consumer>(Compiler, Record, *Collector, Use);
  }

private:
  PreprocessorRecord Record;
  std::optional<syntax::TokenCollector> Collector;
  Callback Use;
};

} // namespace

bool weft::readTranslationUnit(const FrontendOptions &Options, Callback Use) {
  registerAttributes();
  compat::FileSystemRef Files = llvm::vfs::createPhysicalFileSystem();
  if (!Options.Directory.empty())
    Files->setCurrentWorkingDirectory(Options.Directory);

  DiagnosticOptions DriverOptions;
  DriverOptions.ShowColors = Options.Color;
  ErrorsAndOurs DriverClient(compat::makePrinter(llvm::errs(), DriverOptions));
  auto DriverDiagnostics =
      compat::makeDiagnostics(DriverOptions, &DriverClient);

  std::vector<const char *> Args;
  for (const std::string &Word : Options.Command)
    Args.push_back(Word.c_str());
  Args.push_back("-Wno-everything");
  Args.push_back("-DWEFT_ANALYSIS=1");

  CreateInvocationOptions Create;
  Create.Diags = DriverDiagnostics;
  Create.VFS = Files;
  std::shared_ptr<CompilerInvocation> Invocation =
      createInvocation(Args, Create);
  if (!Invocation)
    return false;
  Invocation->getDependencyOutputOpts() = DependencyOutputOptions();
  Invocation->getFrontendOpts().DisableFree = false;
  Invocation->getDiagnosticOpts().ShowColors = Options.Color;
  if (Options.MainText)
    Invocation->getPreprocessorOpts().addRemappedFile(
        Options.MainFile,
        llvm::MemoryBuffer::getMemBufferCopy(*Options.MainText,
                                             Options.MainFile)
            .release());

  ErrorsAndOurs Client(
      compat::makePrinter(llvm::errs(), Invocation->getDiagnosticOpts()));
  auto Compiler = compat::makeCompiler(Invocation, Files, &Client);
  Action Act(Use);
  return Compiler->ExecuteAction(Act) &&
         !Compiler->getDiagnostics().hasErrorOccurred();
}
