// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Nothing suspends in the scope of a weft::no_suspend.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

[[weft::fiber]] int wait_for(int n);

[[weft::fiber]] int guarded(int n) {
  wait_for(1);
  if (n > 2) {
    weft::no_suspend guard;
    auto later = [] { return wait_for(2); };
    n += 1;
    while (n < 10)
      n += wait_for(n);
    // CHECK: [[#@LINE-1]]:12: error: 'wait_for' suspends in the scope of a 'weft::no_suspend' [weft-no-suspend]
    // CHECK: [[#@LINE-6]]:22: note: declared here
    weft::this_fiber::yield();
    // CHECK: [[#@LINE-1]]:5: error: 'weft::this_fiber::yield' suspends in the scope
    // CHECK: note: declared here
    static_cast<void>(later);
  }
  return wait_for(n);
}
