//===- ResourceDirectory.h - Where Clang's own headers are ----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which directory holds stddef.h, immintrin.h and the other headers
// that belong to the Clang we are linked with? They must be that Clang's own,
// because they call its builtins.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_FRONTEND_RESOURCEDIRECTORY_H
#define WEFT_FRONTEND_RESOURCEDIRECTORY_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace weft {

/// Takes the first of these that is given or exists: \p Wanted
/// (`--resource-dir`), the environment's WEFT_RESOURCE_DIR, the installed one
/// beside the executable, that of the build, the one beside Clang's library.
/// One that is given but has no headers is an error.
llvm::Expected<std::string> findResourceDirectory(llvm::StringRef Wanted);

} // namespace weft

#endif // WEFT_FRONTEND_RESOURCEDIRECTORY_H
