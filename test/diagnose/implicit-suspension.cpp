// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pauses can be made visible with weft::await, and a warning demands it.

// RUN: %weft -Wweft-implicit-suspension --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 | count 0

#include <weft/fiber.h>

[[weft::fiber]] int wait_for(int n);

[[weft::fiber]] int calls() {
  int seen = weft::await(wait_for(1));
  weft::this_fiber::yield();
  return seen + wait_for(2);
  // CHECK: [[#@LINE-1]]:17: warning: this call of 'wait_for' suspends [-Wweft-implicit-suspension]
}
