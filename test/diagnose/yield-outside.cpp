// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A suspension outside a coroutine is an error.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

void ordinary() {
  weft::yield(1);
// CHECK: [[#@LINE-1]]:3: error: 'weft::yield' can only be used inside a coroutine [weft-yield-outside]
}
[[weft::coroutine]] weft::generator<int> inside() {
  struct local {
    void member() {
      weft::yield(2);
// CHECK: [[#@LINE-1]]:7: error: 'weft::yield' can only be used inside a coroutine [weft-yield-outside]
    }
  };
  weft::yield(3);
}
weft::coroutine<int, void, int> other();
int delegates() {
  return weft::yield_from(other());
// CHECK: [[#@LINE-1]]:10: error: 'weft::yield_from' can only be used inside a coroutine [weft-yield-outside]
}
