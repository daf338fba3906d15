// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C-style variable arguments are gone after the call.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> many(int count, ...) {
// CHECK: [[#@LINE-1]]:42: error: a coroutine cannot have C-style variable arguments [weft-variadic]
  weft::yield(count);
}
