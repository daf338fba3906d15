// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An array behind a crossing reference is not captured by copy.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> captured() {
  static int numbers[2] = {1, 2};
  int (&alias)[2] = numbers;
  weft::yield(alias[0]);
  auto second = [alias] { return alias[1]; };
// CHECK: [[#@LINE-1]]:17: error: a lambda captures an array by copy through a reference that lives across a pause [weft-array-capture]
  weft::yield(second());
}
