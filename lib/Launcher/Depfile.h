//===- Depfile.h - Dependency files for Make and Ninja --------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: how is a rule `target: files` written so that Make and Ninja read
// back the same names, and how does the file that a compiler wrote for the
// generated source become one for the original?
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAUNCHER_DEPFILE_H
#define WEFT_LAUNCHER_DEPFILE_H

#include <string>
#include <string_view>
#include <vector>

namespace weft {

/// \p Name as GCC and Clang write it: blanks and `#` behind a backslash, `$`
/// doubled.
std::string quoteForMake(std::string_view Name);

/// One rule of a dependency file.
struct DepRule {
  std::vector<std::string> Targets; ///< As written: `-MT` quotes nothing.
  std::vector<std::string> Files;   ///< Names, unquoted.
};

std::vector<DepRule> parseDepfile(std::string_view Text);

/// Lines are broken as GCC breaks them.
std::string printDepfile(const std::vector<DepRule> &Rules);

/// The dependency file \p Text with \p Original in place of \p Generated and
/// \p Further appended to the rule that names it, each once. \p Phony adds a
/// rule without files for each of them.
std::string redirectDepfile(std::string_view Text, std::string_view Generated,
                            std::string_view Original,
                            const std::vector<std::string> &Further,
                            bool Phony);

} // namespace weft

#endif // WEFT_LAUNCHER_DEPFILE_H
