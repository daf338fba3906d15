// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A frame has a fixed size.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> sums(int n) {
  int part[n];
// CHECK: [[#@LINE-1]]:7: error: variable-length array 'part' lives across a pause [weft-variable-length-array]
  part[0] = n;
  weft::yield(n);
  weft::yield(part[0]);
}
