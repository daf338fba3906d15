// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A local type has a name.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> kinds() {
  enum { small = 1, large = 2 };
// CHECK: [[#@LINE-1]]:3: error: a local type of a coroutine needs a name [weft-unnamed-local-type]
  weft::yield(+small);
  weft::yield(+large);
}
