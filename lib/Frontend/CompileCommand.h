//===- CompileCommand.h - The real compiler's command, for Clang ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: with which arguments and predefined macros does our Clang see what
// the user's compiler would see? Input: that compiler's command line for one
// source. What only matters for code generation, linking, warnings or output
// files is left out, and so is what Clang does not know.
//
// The compiler's own macros and include directories are asked from it and
// given explicitly, for GCC and for Clang of whatever version alike; Clang's
// own resource headers stand where the compiler's would.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_FRONTEND_COMPILECOMMAND_H
#define WEFT_FRONTEND_COMPILECOMMAND_H

#include "Frontend/TranslationUnit.h"
#include "llvm/Support/Error.h"

namespace weft {

/// Arguments for Clang's driver, and what replaces its predefined macros.
struct AnalysisCommand {
  std::vector<std::string> Args;
  std::string Predefines;
  bool StandsInForGcc = false;
  bool ProbesMayDiffer = false;
};

llvm::Expected<AnalysisCommand>
prepareAnalysis(const FrontendOptions &Options,
                llvm::StringRef ResourceDirectory);

} // namespace weft

#endif // WEFT_FRONTEND_COMPILECOMMAND_H
