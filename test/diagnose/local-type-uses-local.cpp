// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A local type that uses a local constant cannot move.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

int next();
[[weft::coroutine]] weft::generator<int> counts() {
  static int count = next();
  struct counted { int number = ++count; };
// CHECK: [[#@LINE-1]]:35: error: local type 'counted' of a function that suspends uses a variable of the function [weft-local-type-uses-local]
  counted c;
  weft::yield(c.number);
  weft::yield(c.number);
}
