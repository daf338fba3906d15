// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A coroutine returns its result, not another coroutine.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

weft::generator<int> other();
[[weft::coroutine]] weft::generator<int> passes(bool on) {
  weft::yield(1);
  if (on)
    return other();
// CHECK: [[#@LINE-1]]:5: error: a coroutine returns its result, not another coroutine [weft-returns-coroutine]
}
