// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A local type that uses a local constant cannot move.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> arrays() {
  constexpr int size = 4;
  struct block { int bytes[size] = {}; };
// CHECK: [[#@LINE-1]]:28: error: local type 'block' of a coroutine uses a variable of the function [weft-local-type-uses-local]
  block b;
  weft::yield(b.bytes[0]);
  weft::yield(b.bytes[1]);
}
