//===- Main.h - The command `weft`, all but main() ------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which of its two forms was `weft` called in? In front of a compiler
// it is a launcher; else it becomes weft-core, the program beside it that has
// Clang inside.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAUNCHER_MAIN_H
#define WEFT_LAUNCHER_MAIN_H

namespace weft {

/// Runs the command line and returns the process's exit status.
int runWeft(int Argc, char **Argv);

} // namespace weft

#endif // WEFT_LAUNCHER_MAIN_H
