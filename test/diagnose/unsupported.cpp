// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What Weft does not know is refused.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> jumps() {
  weft::yield(1);
  asm goto("" : : : : end);
// CHECK: [[#@LINE-1]]:{{[0-9]+}}: error: {{.*}} cannot be used in a coroutine [weft-unsupported]
  weft::yield(2);
end:
  weft::yield(3);
}
