//===- Main.h - The command `weft`, all but main() ------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_MAIN_H
#define WEFT_DRIVER_MAIN_H

namespace weft {

/// Runs the command line and returns the process's exit status.
int runTool(int Argc, const char **Argv);

} // namespace weft

#endif // WEFT_DRIVER_MAIN_H
