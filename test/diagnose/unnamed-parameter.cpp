// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A parameter that lives as long as the coroutine gets one, unless a macro declares it.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

#define GUARD guard
#define DECLARE(name) weft::generator<int> name(guard)
struct guard { ~guard(); };
[[weft::coroutine]] DECLARE(one) {
// CHECK: [[#@LINE-1]]:{{[0-9]+}}: error: a parameter of type 'guard' that has a destructor needs a name [weft-unnamed-parameter]
  weft::yield(1);
}
[[weft::coroutine]] weft::generator<int> fine(guard, int) { weft::yield(1); }
[[weft::coroutine]] weft::generator<int> in_a_macro(GUARD, guard) { weft::yield(1); }
