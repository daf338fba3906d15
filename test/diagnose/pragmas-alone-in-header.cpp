// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A header may consist of macro calls that leave no token behind, only pragmas.

// RUN: mkdir -p %t
// RUN: echo QUIET > %t/begin.h
// RUN: echo LOUD > %t/end.h
// RUN: %weft --check %s -- -std=c++17 -I%runtime -I%t 2>&1 | count 0
// RUN: %weft --check --green-all %s -- -std=c++17 -I%runtime -I%t 2>&1 | count 0

#include <weft/fiber.h>

#define QUIET _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wshadow\"")
#define LOUD _Pragma("GCC diagnostic pop")

#include "begin.h"

[[weft::fiber]] int read();

[[weft::fiber]] int twice() { return read() + read(); }

#include "end.h"
