// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The function's pretty name would change.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<const char*> names() {
  weft::yield(__func__);
  weft::yield(__PRETTY_FUNCTION__);
// CHECK: [[#@LINE-1]]:15: error: the name of the function would change in the output [weft-pretty-function]
}
