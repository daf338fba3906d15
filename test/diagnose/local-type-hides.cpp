// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A local type does not move to where its name would hide another that is used.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

int size = 3;
[[weft::coroutine]] weft::generator<int> hides() {
  weft::yield(size);
  {
    struct size { int n = 1; };
// CHECK: [[#@LINE-1]]:12: error: local type 'size' of a function that suspends has the name of something else that is used in it [weft-local-type-hides]
    struct size one;
    weft::yield(one.n);
    weft::yield(one.n);
  }
}
