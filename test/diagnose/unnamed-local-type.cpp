// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A local type has a name.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> kinds() {
  struct alignas(8) {
// CHECK: [[#@LINE-1]]:3: error: a local type with attributes needs a name in a function that suspends [weft-unnamed-local-type]
    int number = 1;
  } object;
  weft::yield(object.number);
  weft::yield(object.number + 1);
}
