// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A coroutine lambda does not capture this.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

struct shop {
  int price = 1;
  void use() {
    auto prices = [this]() -> weft::generator<int> { weft::yield(price); };
// CHECK: [[#@LINE-1]]:20: error: a lambda that is a coroutine cannot capture 'this' [weft-lambda-this]
    prices().next();
  }
};
