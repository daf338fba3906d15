// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What Weft does not transform is refused, by the name that users know.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> computed() {
  void* to = &&end;
// CHECK: [[#@LINE-1]]:14: error: the address of a label cannot be used in a function that suspends [weft-unsupported]
  weft::yield(1);
  goto *to;
// CHECK: [[#@LINE-1]]:3: error: {{.*}}goto cannot be used in a function that suspends [weft-unsupported]
end:
  weft::yield(2);
}
[[weft::coroutine]] weft::generator<int> assembly() {
  weft::yield(1);
  asm goto("" : : : : end);
// CHECK: [[#@LINE-1]]:3: error: {{.*}} cannot be used in a function that suspends [weft-unsupported]
  weft::yield(2);
end:
  weft::yield(3);
}
