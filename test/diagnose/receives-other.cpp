// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is received is what the type says.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::coroutine<int, int> receives() {
  long got = weft::yield<long>(1);
// CHECK: [[#@LINE-1]]:14: error: this coroutine receives 'int', not 'long' [weft-receives-other]
  (void)got;
}
