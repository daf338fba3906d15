//===- Options.h - weft's own command line --------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which options and sources does the command line name, and does it
// ask for a transformation or for a compiler to be run? The table is
// Options.def; --help, documentation and completion are printed from it.
//
// Invariant of this folder: no LLVM. The launcher runs in front of every
// compilation, and to load LLVM takes longer than most of what it decides.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAUNCHER_OPTIONS_H
#define WEFT_LAUNCHER_OPTIONS_H

#include <string>
#include <string_view>
#include <vector>

namespace weft {

/// What a process of the tool may end with, besides a compiler's own status.
enum ExitStatus {
  ExitOk = 0,
  ExitUserError = 1, ///< An error in the user's code.
  ExitUsage = 2,
  ExitIO = 3,
  ExitInternalError = 70
};

enum class OptionId {
#define OPTION(Id, Name, Argument, Metavar, Where, Help) Id,
#include "Launcher/Options.def"
};

enum class OptionArgument { None, Value, Prefix };
enum class OptionWhere { Both, Standalone, Hidden };

/// One row of the table.
struct OptionInfo {
  OptionId Id;
  std::string_view Name; ///< With its dashes.
  OptionArgument Argument;
  std::string_view Metavar;
  OptionWhere Where;
  std::string_view Help;
};

/// One option of a command line.
struct GivenOption {
  OptionId Id;
  std::string Value;   ///< Empty when it takes none.
  std::string Spelled; ///< As written, for messages.
};

/// A command line that was understood.
struct CommandLine {
  std::vector<GivenOption> Options;
  std::vector<std::string> Sources;      ///< Standalone.
  std::vector<std::string> CompilerArgs; ///< After `--`, standalone.
  bool HasCompilerArgs = false;          ///< There was a `--`, standalone.
  /// Launcher: the compiler's command line, its response files unread.
  std::vector<std::string> Compile;
  std::string Error; ///< A usage error; the rest is then meaningless.

  bool has(OptionId Id) const;
  /// The value given last, or empty.
  std::string value(OptionId Id) const;
  std::vector<std::string> values(OptionId Id) const;
};

/// Understands \p Words, which do not include the program's name. Without
/// \p MayLaunch every word that is no option is a source.
CommandLine parseCommandLine(const std::vector<std::string> &Words,
                             bool MayLaunch = true);

/// The text of --help.
std::string helpText();

/// True when \p Name ends like a file that C++ compilers take for C++ source.
bool hasCxxSourceExtension(std::string_view Name);

} // namespace weft

#endif // WEFT_LAUNCHER_OPTIONS_H
