// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A crossing variable's type can be spelled.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

void use() {
  auto counts = [](int from) -> weft::generator<int> {
    auto next{[from]() mutable { return from++; }};
// CHECK: [[#@LINE-1]]:10: error: the type of 'next' has no name and it lives across a pause [weft-unnameable-type]
    weft::yield(next());
    weft::yield(next());
  };
  counts(1).next();
}
