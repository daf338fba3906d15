// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A coroutine lambda captures this in member functions only.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

struct shop {
  int price = 1;
  bool any = [this]() -> weft::generator<int> { weft::yield(price); }().next();
// CHECK: [[#@LINE-1]]:15: error: a lambda that suspends cannot capture 'this' outside a member function [weft-lambda-this]
};
