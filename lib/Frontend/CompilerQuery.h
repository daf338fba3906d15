//===- CompilerQuery.h - What the real compiler predefines ----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which macros does the user's compiler predefine, where does it look
// for headers, and for which target does it compile? It is asked by running
// it on an empty file. Answers are kept in the user's cache directory, keyed
// by everything they depend on; a cache that cannot be written costs only time.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_FRONTEND_COMPILERQUERY_H
#define WEFT_FRONTEND_COMPILERQUERY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace weft {

/// The answer of one compiler for one set of flags.
struct CompilerFacts {
  std::string Target;                   ///< Triple, as `-v` prints it.
  std::vector<std::string> IncludeDirs; ///< Its own, in search order.
  std::string Macros;                   ///< `#define` lines, as `-dM` prints.

  bool isClang() const { return defines("__clang__"); }
  /// The number that \p Macro is predefined as; 0 when it is not.
  unsigned number(llvm::StringRef Macro) const;
  bool defines(llvm::StringRef Macro) const;
};

/// Asks \p Compiler, the first word of a compile command, run in \p Directory.
/// \p Flags are those of the command that the answer can depend on.
llvm::Expected<CompilerFacts> queryCompiler(llvm::StringRef Compiler,
                                            llvm::ArrayRef<std::string> Flags,
                                            llvm::StringRef Directory);

} // namespace weft

#endif // WEFT_FRONTEND_COMPILERQUERY_H
