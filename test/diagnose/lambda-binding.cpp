// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A coroutine lambda does not capture a structured binding.

// RUN: not %weft --check %s -- -std=c++20 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

struct pair { int a, b; };
void use() {
  auto [a, b] = pair{1, 2};
  auto values = [a]() -> weft::generator<int> { weft::yield(a); };
// CHECK: [[#@LINE-1]]:18: error: a lambda that suspends cannot capture a structured binding [weft-lambda-binding]
  values().next();
  (void)b;
}
