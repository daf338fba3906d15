//===- Suggestions.h - What diagnostics say about edits -------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which edits do the diagnostics of the sources propose, in the form
// that Clang's tools exchange? Of the proposals of one diagnostic the first
// stands for itself (clang::tooling::selectFirstFix); another way out is kept
// only behind it, so that nobody takes it for the first. Fix-its in macros and
// system headers are left out. Files are named by their real paths.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_SUGGESTIONS_H
#define WEFT_DRIVER_SUGGESTIONS_H

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Tooling/Core/Diagnostic.h"
#include <map>
#include <set>
#include <string>
#include <vector>

namespace weft {

/// The absolute name without links of \p Name, as seen from \p Directory, which
/// is the current one when empty.
std::string realPath(llvm::StringRef Directory, llvm::StringRef Name);

/// Collects the diagnostics of one source.
class Suggestions : public clang::DiagnosticConsumer {
public:
  /// \p Directory is where the source is compiled.
  explicit Suggestions(llvm::StringRef Directory);

  void BeginSourceFile(const clang::LangOptions &Given,
                       const clang::Preprocessor *) override {
    Language = Given;
  }
  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override;

  std::vector<clang::tooling::Diagnostic> Found;
  /// How the sources call the files that have a fix-it, by real path.
  std::map<std::string, std::string> Spelled;

private:
  clang::tooling::DiagnosticMessage messageOf(const clang::Diagnostic &Info);
  void addFixIts(const clang::Diagnostic &Info,
                 clang::tooling::DiagnosticMessage &To);
  std::string pathOf(const clang::SourceManager &Sources, clang::FileID File);

  std::string Directory;
  clang::LangOptions Language;
};

/// Chosen edits, each once although several diagnostics ask for it.
class ChosenEdits {
public:
  using Edits = std::vector<clang::tooling::Replacement>;

  /// What of \p Fix is new: nothing, when all is chosen already. Insertions of
  /// one text, annotations, count one by one; other edits belong together.
  Edits newOnes(const llvm::StringMap<clang::tooling::Replacements> &Fix) const;
  void choose(const Edits &All) { Known.insert(All.begin(), All.end()); }

private:
  std::set<clang::tooling::Replacement> Known;
};

/// \p Found in Clang's YAML, which clang-apply-replacements reads. A diagnostic
/// of a header that two sources include is written once, an edit with the first
/// diagnostic that asks for it.
std::string toYaml(llvm::StringRef MainFile,
                   std::vector<clang::tooling::Diagnostic> Found);

} // namespace weft

#endif // WEFT_DRIVER_SUGGESTIONS_H
