// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What differs between the compilers is not guessed.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> which() {
#if defined(__clang__)
// CHECK: [[#@LINE-1]]:1: error: a branch on '__clang__' around a coroutine: Clang reads this code for GCC and cannot know which way it goes [weft-compiler-identity]
  weft::yield(1);
#else
  weft::yield(2);
#endif
}
