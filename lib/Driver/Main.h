//===- Main.h - The program weft-core, all but main() ---------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what does `weft [options] <source>...` do? It reads each source
// with its compile command, transforms it, and writes what was asked for. The
// launcher starts the same program, with a whole compile command, for each
// source that it finds in front of a compiler.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_MAIN_H
#define WEFT_DRIVER_MAIN_H

namespace weft {

/// Runs the command line and returns the process's exit status.
int runTool(int Argc, char **Argv);

} // namespace weft

#endif // WEFT_DRIVER_MAIN_H
