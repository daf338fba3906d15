// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A constant expression cannot be paused.

// RUN: not %weft --check %s -- -std=c++23 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>
#include <weft/fiber.h>

[[weft::coroutine]] constexpr weft::generator<int> once() {
// CHECK: [[#@LINE-1]]:52: error: a function that suspends cannot be 'constexpr' or 'consteval' [weft-constexpr]
  weft::yield(1);
}
[[weft::fiber]] constexpr int cedes() {
// CHECK: [[#@LINE-1]]:31: error: a function that suspends cannot be 'constexpr' or 'consteval' [weft-constexpr]
  weft::this_fiber::yield();
  return 1;
}
