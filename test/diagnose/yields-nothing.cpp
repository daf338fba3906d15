// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A coroutine of void yields no value.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::coroutine<void, int> silent() {
  int got = weft::yield<int>(1);
// CHECK: [[#@LINE-1]]:13: error: this coroutine yields nothing: its type says 'void' [weft-yields-nothing]
  (void)got;
}
