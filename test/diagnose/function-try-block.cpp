// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function-try-block is not supported.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>
#include <weft/fiber.h>

[[weft::coroutine]] weft::generator<int> guarded()
try {
// CHECK: [[#@LINE-1]]:1: error: a function that suspends cannot have a function-try-block [weft-function-try-block]
  weft::yield(1);
} catch (...) {
}
[[weft::fiber]] void cedes() try {
// CHECK: [[#@LINE-1]]:30: error: a function that suspends cannot have a function-try-block [weft-function-try-block]
  weft::this_fiber::yield();
} catch (...) {
}
