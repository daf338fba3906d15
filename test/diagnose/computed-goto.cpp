// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A computed goto is refused.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> jumps() {
  void* to = &&end;
// CHECK: [[#@LINE-1]]:14: error: a coroutine cannot have a computed goto [weft-computed-goto]
  weft::yield(1);
  goto *to;
// CHECK: [[#@LINE-1]]:3: error: a coroutine cannot have a computed goto [weft-computed-goto]
end:
  weft::yield(2);
}
