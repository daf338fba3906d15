// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A suspension where no lowering looks is refused.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::coroutine<int, int> choose() {
  int got = weft::yield<int>(1) ?: 2;
// CHECK: [[#@LINE-1]]:13: error: cannot suspend inside '?:' without a middle operand yet [weft-unsupported-position]
  static int once = weft::yield<int>(3);
// CHECK: [[#@LINE-1]]:21: error: cannot suspend inside the initialiser of a static variable yet [weft-unsupported-position]
  (void)got, (void)once;
}
