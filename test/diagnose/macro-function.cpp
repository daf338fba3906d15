// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The braces of a coroutine's body stand in the source, not in a macro.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>
#include <weft/fiber.h>

#define BODY { weft::yield(1); }
[[weft::coroutine]] weft::generator<int> made() BODY
// CHECK: [[#@LINE-1]]:49: error: 'made' suspends, and its body comes from a macro [weft-macro-function]
#define GIVE(x) weft::yield(x)
[[weft::coroutine]] weft::generator<int> fine() { GIVE(1); }

#define CEDE { weft::this_fiber::yield(); }
[[weft::fiber]] void cedes() CEDE
// CHECK: [[#@LINE-1]]:30: error: 'cedes' suspends, and its body comes from a macro [weft-macro-function]
