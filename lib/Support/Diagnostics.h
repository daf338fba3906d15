//===- Diagnostics.h - What Weft tells its users --------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One table (Diagnostics.def) holds every message: its identifier, severity,
// text and the line that the limits page prints. This header gives the table
// a type and reports its entries through Clang's DiagnosticsEngine, so that
// they look, count and sort like Clang's own.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_SUPPORT_DIAGNOSTICS_H
#define WEFT_SUPPORT_DIAGNOSTICS_H

#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include <string>
#include <vector>

namespace weft {

enum class Severity {
  Error,
  Warning,
  OptIn, ///< A warning that has to be asked for.
  Note
};

/// The messages of Diagnostics.def, by identifier.
enum class Diag : unsigned {
#define DIAG(Id, Severity, Flag, Text, Doc) Id,
#include "Support/Diagnostics.def"
};

/// One row of the table.
struct DiagInfo {
  Diag Id;
  Severity Level;
  llvm::StringRef Flag; ///< `weft-...`, as in `-Wno-weft-...`; unique per error and warning.
  llvm::StringRef Text; ///< Clang format string.
  llvm::StringRef Doc;  ///< Reason and way out, for the limits page; empty for notes.
};

/// The whole table, in the order of the file.
llvm::ArrayRef<DiagInfo> allDiagnostics();

/// The row that \p Reported was made from; null for Clang's own.
const DiagInfo *rowOf(const clang::Diagnostic &Reported);

/// What `-W[no-]weft-x` and `-Werror[=weft-x]` asked for, in their order.
struct WarningOptions {
  llvm::StringSet<> Enabled, Disabled;
  llvm::StringSet<> AsErrors;
  bool AllAsErrors = false;

  /// Takes one option (`-Wno-weft-x`, `-Wweft-x`, `-Werror`, `-Werror=weft-x`).
  /// Returns false when it names no diagnostic of Weft's.
  bool apply(llvm::StringRef Option);
};

/// Reports rows of the table for one translation unit.
class Reporter {
public:
  Reporter(clang::DiagnosticsEngine &Engine, const WarningOptions &Options);

  /// Starts a diagnostic; arguments and fix-its are streamed into the result.
  clang::DiagnosticBuilder report(clang::SourceLocation Where, Diag Id);

  /// True when an error was reported here or by Clang.
  bool hasErrors() const { return Engine.hasErrorOccurred(); }

private:
  clang::DiagnosticsEngine &Engine;
  std::vector<unsigned> Ids; ///< Clang's number of each row.
};

} // namespace weft

#endif // WEFT_SUPPORT_DIAGNOSTICS_H
