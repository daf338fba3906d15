//===- Launch.h - Weft in front of a compiler -----------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what happens for `weft <compiler> <its arguments>`? A command that
// compiles no C++ source that uses Weft becomes the compiler itself. Otherwise
// each such source is transformed and the compiler runs on the result, so that
// objects and dependency files are what they would have been.
//
// The result of `-o dir/a.o` is dir/a.o.weft/a.weft.cpp: a name that depends
// on the object only, so that parallel compilations do not meet and a compiler
// cache sees the same command again. It has a directory of its own because a
// compiler looks there first for #include "...". It stays, for debuggers.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAUNCHER_LAUNCH_H
#define WEFT_LAUNCHER_LAUNCH_H

#include "Launcher/Options.h"

namespace weft {

/// Runs the compiler that \p Line names, with \p Core, the program that
/// transforms. Returns the exit status; does not return if a signal ended it.
int launch(const CommandLine &Line, const std::string &Core);

} // namespace weft

#endif // WEFT_LAUNCHER_LAUNCH_H
