// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A generator yields a value.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> loud() {
  weft::yield();
// CHECK: [[#@LINE-1]]:3: error: this coroutine has to yield a value [weft-yields-something]
}
