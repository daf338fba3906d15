// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A constant expression cannot be paused.

// RUN: not %weft --check %s -- -std=c++23 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] constexpr weft::generator<int> once() {
// CHECK: [[#@LINE-1]]:52: error: a coroutine cannot be 'constexpr' or 'consteval' [weft-constexpr]
  weft::yield(1);
}
