// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is made of a function is put in front of it, which is not possible in the
// middle of a macro. In front of one that begins with the declaration it is.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

#define FIBER [[weft::fiber]]
#define API inline
#define DECLARE(name) [[weft::fiber]] int name(int n);
FIBER int annotated(int n);
[[weft::fiber]] API int specified(int n) { return annotated(n); }
DECLARE(whole)

#define PAIR(name) int name##_plain(int n); [[weft::fiber]] int name(int n);
PAIR(second)
// CHECK: [[#@LINE-1]]:6: error: 'second' suspends, and its declaration begins in the middle of a macro [weft-macro-declaration]
#define CLASS(name) struct name { [[weft::fiber]] virtual int get() = 0; };
CLASS(source)
// CHECK: [[#@LINE-1]]:1: error: 'get' suspends, and its declaration begins in the middle of a macro [weft-macro-declaration]
#define ALSO(name) struct local; using name;
namespace other { ALSO(::whole) }
// CHECK: [[#@LINE-1]]:26: error: 'whole' suspends, and its declaration begins in the middle of a macro [weft-macro-declaration]
#define BEHIND struct another; [[weft::fiber]] int
BEHIND defined(int n) { return n; }
// CHECK: [[#@LINE-1]]:8: error: 'defined' suspends, and its declaration begins in the middle of a macro [weft-macro-declaration]
