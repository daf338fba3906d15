//===- Diagnostics.cpp - What Weft tells its users ------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Diagnostics.h"
#include "llvm/ADT/Twine.h"

using namespace weft;

static constexpr DiagInfo Table[] = {
#define DIAG(Id, Level, Flag, Text, Doc)                                       \
  {Diag::Id, Severity::Level, Flag, Text, Doc},
#include "Support/Diagnostics.def"
};

/// What follows the text of \p Row in a message.
static std::string flagIn(const DiagInfo &Row, bool IsWarning) {
  if (Row.Flag.empty())
    return "";
  return ((IsWarning ? " [-W" : " [") + Row.Flag + "]").str();
}

llvm::ArrayRef<DiagInfo> weft::allDiagnostics() { return Table; }

const DiagInfo *weft::rowOf(const clang::Diagnostic &Reported) {
  if (Reported.getID() < clang::diag::DIAG_UPPER_LIMIT)
    return nullptr;
  llvm::StringRef Text =
      Reported.getDiags()->getDiagnosticIDs()->getDescription(Reported.getID());
  for (const DiagInfo &Row : Table) {
    llvm::StringRef Rest = Text;
    if (Rest.consume_front(Row.Text) &&
        (Rest == flagIn(Row, false) || Rest == flagIn(Row, true)))
      return &Row;
  }
  return nullptr;
}

bool WarningOptions::apply(llvm::StringRef Option) {
  if (Option == "-Werror") {
    AllAsErrors = true;
    return true;
  }
  if (Option == "-Wno-error") {
    AllAsErrors = false;
    return true;
  }
  auto Known = [](llvm::StringRef Flag) {
    return llvm::any_of(Table, [&](const DiagInfo &Row) {
      return Row.Level != Severity::Note && Row.Flag == Flag;
    });
  };
  if (Option.consume_front("-Werror=")) {
    AsErrors.insert(Option);
    Enabled.insert(Option);
    Disabled.erase(Option);
    return Known(Option);
  }
  if (Option.consume_front("-Wno-")) {
    Disabled.insert(Option);
    return Known(Option);
  }
  if (Option.consume_front("-W")) {
    Disabled.erase(Option);
    Enabled.insert(Option);
    return Known(Option);
  }
  return false;
}

Reporter::Reporter(clang::DiagnosticsEngine &Engine,
                   const WarningOptions &Options)
    : Engine(Engine) {
  using Level = clang::DiagnosticIDs::Level;
  for (const DiagInfo &Row : Table) {
    Level As = Row.Level == Severity::Error  ? Level::Error
               : Row.Level == Severity::Note ? Level::Note
                                             : Level::Warning;
    const bool IsWarning =
        Row.Level == Severity::Warning || Row.Level == Severity::OptIn;
    if (IsWarning) {
      if (Options.Disabled.contains(Row.Flag) ||
          (Row.Level == Severity::OptIn && !Options.Enabled.contains(Row.Flag)))
        As = Level::Ignored;
      else if (Options.AllAsErrors || Options.AsErrors.contains(Row.Flag))
        As = Level::Error;
    }
    std::string Text = Row.Text.str() + flagIn(Row, IsWarning);
    Ids.push_back(Engine.getDiagnosticIDs()->getCustomDiagID(As, Text));
  }
}

clang::DiagnosticBuilder Reporter::report(clang::SourceLocation Where,
                                          Diag Id) {
  return Engine.Report(Where, Ids[static_cast<unsigned>(Id)]);
}
