//===- ProjectFile.h - What a project says about itself -------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what does the file `.weft` say that is next to a source, or in the
// nearest directory above it?
//
//   blocking:                            # functions that block their thread
//     - function: store::wait_for_reply
//       instead: store::receive          # for the note; may be left out
//   not-blocking: [read, write]          # functions that do not, here
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_FRONTEND_PROJECTFILE_H
#define WEFT_FRONTEND_PROJECTFILE_H

#include "Frontend/TranslationUnit.h"

namespace weft {

/// Reads the file that belongs to the source of \p Options; nothing is found: an
/// empty one. What is wrong with it is printed to \p Errors, and nothing returned.
std::optional<ProjectFile> readProjectFile(const FrontendOptions &Options,
                                           llvm::raw_ostream &Errors);

} // namespace weft

#endif // WEFT_FRONTEND_PROJECTFILE_H
