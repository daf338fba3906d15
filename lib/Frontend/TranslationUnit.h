//===- TranslationUnit.h - One source file as Clang understood it ---------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what did the compiler see when it read this source? The result
// joins Clang's AST with what the AST alone has forgotten: the tokens before
// and after macro expansion, the #include directives and where each led, and
// the other preprocessor directives with the macros they tested.
//
// Everything here is valid only inside the callback of readTranslationUnit.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_FRONTEND_TRANSLATIONUNIT_H
#define WEFT_FRONTEND_TRANSLATIONUNIT_H

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Tooling/Syntax/Tokens.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace weft {

/// One `#include` (or `#import`, `#include_next`) directive.
struct IncludeDirective {
  clang::FileID Includer; ///< The file that holds the directive.
  unsigned Begin = 0;     ///< Offset of the `#` in Includer.
  unsigned End = 0;       ///< Offset just past the directive's last token.
  clang::FileID Included; ///< The file entered; invalid when skipped.
  clang::OptionalFileEntryRef File; ///< What it names, also when skipped.
  std::string Spelling; ///< The name as written, without delimiters.
  bool Angled = false;
};

/// Any other directive that the output may have to keep, drop or refuse.
struct Directive {
  enum class Kind { Conditional, Define, Undef, PragmaOnce, Pragma, Other };
  clang::FileID File;
  unsigned Begin = 0; ///< Offset of the `#`.
  unsigned End = 0;   ///< Offset just past the last token of its line(s).
  Kind What = Kind::Other;
  std::vector<std::string> Macros; ///< Names that a conditional tests.
};

/// A function that blocks its thread, by its qualified name.
struct BlockingEntry {
  std::string Function;
  std::string Instead; ///< What fibers call; empty: the project does not say.
};

/// What the file `.weft` of a project says.
struct ProjectFile {
  std::string Name; ///< Empty: there is no such file.
  std::vector<BlockingEntry> Blocking;
  std::vector<std::string> NotBlocking;
};

/// A translation unit that Clang parsed without an error.
struct TranslationUnit {
  clang::CompilerInstance &Compiler;
  clang::ASTContext &AST;
  const clang::SourceManager &Sources;
  const clang::syntax::TokenBuffer &Tokens;
  std::vector<IncludeDirective> Includes; ///< In the order they were met.
  std::vector<Directive> Directives;      ///< In the order they were met.
  std::vector<clang::SourceLocation> PragmaCalls; ///< Of macros that hold `_Pragma`.
  /// The analysed compiler is GCC although Clang reads the code. Its predefined
  /// macros are in force, so that branches on them go the way they go there.
  bool StandsInForGcc = false;
  /// The analysed compiler is not the Clang that reads the code, so that a
  /// branch on what the compiler can do (isCompilerProbe) may have gone the
  /// other way.
  bool ProbesMayDiffer = false;
  ProjectFile Project{}; ///< Of the source's directory, or one above.

  /// The value of a macro that the analysed compiler predefines, such as
  /// `__cpp_constexpr`; 0: it is not defined, or no number.
  unsigned long featureMacro(llvm::StringRef Name) const;

  /// Gives \p D another name, until the names are restored.
  void rename(clang::NamedDecl &D, llvm::StringRef Name) {
    Renamed.push_back({&D, D.getDeclName()});
    D.setDeclName(&AST.Idents.get(Name));
  }
  void restoreNames() {
    for (auto &[D, Name] : llvm::reverse(Renamed))
      D->setDeclName(Name);
    Renamed.clear();
  }
  /// What bears another name, each with its own.
  std::vector<std::pair<clang::NamedDecl *, clang::DeclarationName>> Renamed{};
};

/// True for `__has_builtin`, `__has_feature` and the other names in an `#if`
/// whose value comes from Clang itself and not from the analysed compiler.
bool isCompilerProbe(llvm::StringRef Macro);

/// A file that the translation unit was made from.
struct InputFile {
  std::string Name;    ///< As the include search spelled it.
  bool System = false; ///< A system header, as `-MMD` understands it.
};

/// How to read it: a compile command as the real compiler would get it.
struct FrontendOptions {
  /// argv of the compile command for exactly one source, compiler first.
  std::vector<std::string> Command;
  std::string Directory; ///< Working directory of the command.
  std::string MainFile;  ///< As named in Command.
  /// When set, MainFile's text (standard input); else it is read from disk.
  std::optional<std::string> MainText;
  bool Color = false;            ///< Coloured diagnostics.
  std::string ResourceDirectory; ///< `--resource-dir`; empty: found.
  /// When set, gets the files that were read, in the order they were met.
  std::vector<InputFile> *Inputs = nullptr;
  /// When set, what these files, named as in Inputs, hold instead of what is on
  /// the disk.
  const std::map<std::string, std::string> *Edited = nullptr;
  /// When set, gets what would be printed to stderr.
  llvm::raw_ostream *Printed = nullptr;
  /// When set, gets the diagnostics that are printed.
  clang::DiagnosticConsumer *Observer = nullptr;
};

/// Parses the source and calls \p Use when it has no errors. Clang's own
/// diagnostics go to stderr. Returns false when there was an error, reported
/// already; \p Unusable is then set when it was not the code's fault (no
/// resource headers, no compiler to ask). \p Use may report further errors
/// through the compiler's DiagnosticsEngine; they count too.
bool readTranslationUnit(const FrontendOptions &Options,
                         llvm::function_ref<void(TranslationUnit &)> Use,
                         bool *Unusable = nullptr);

} // namespace weft

#endif // WEFT_FRONTEND_TRANSLATIONUNIT_H
