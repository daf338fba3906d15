// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The return type must be one of Weft's.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] int number() {
// CHECK: [[#@LINE-1]]:25: error: a coroutine must return 'weft::generator', 'weft::coroutine' or 'weft::async_generator', not 'int' [weft-not-a-coroutine-type]
  weft::yield(1);
  return 0;
}
