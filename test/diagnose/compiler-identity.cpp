// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What one compiler would answer otherwise than the other is not guessed inside
// a coroutine; macros of the compiler's identity are those of the real one.

// RUN: not %weft --check --compile-command %s -- %gxx -std=c++17 -I%runtime -c %s 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
// RUN: %weft %gxx -std=c++17 -DFINE -I%runtime -c %s -o %t.o

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> which() {
#ifndef FINE
#if __has_builtin(__builtin_expect)
// CHECK: [[#@LINE-1]]:1: error: a branch on '__has_builtin' in a function that suspends: the analysing compiler may answer it otherwise than the real one [weft-compiler-identity]
  weft::yield(1);
#endif
#endif
#ifdef __clang__
#error "the analysis stands in for GCC"
#endif
  weft::yield(2);
}
