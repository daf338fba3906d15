// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Local types of one coroutine differ in their names.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> pairs() {
  {
    struct pair { int a = 1; };
    weft::yield(pair().a);
  }
  {
    struct pair { int b = 2; };
// CHECK: [[#@LINE-1]]:12: error: two local types of this function are called 'pair' [weft-local-type-name]
    weft::yield(pair().b);
  }
}
