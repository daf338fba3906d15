// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Forms of a call that have to wait.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

[[weft::fiber]] int repeat(int times = 2);

[[weft::fiber]] int calls() {
  return repeat() + (*repeat)(2);
  // CHECK: [[#@LINE-1]]:21: error: this way to name the function in a call of a fiber function is not supported by this version [weft-fiber-argument]
}
