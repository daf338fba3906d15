// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A macro call in which something changes is written out, and a pragma operator
// in it leaves no token behind. Where nothing changes it stays as it is.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

#define QUIET(statement)                                                        \
  _Pragma("GCC diagnostic push")                                                \
  _Pragma("GCC diagnostic ignored \"-Wunused-value\"")                          \
  statement;                                                                    \
  _Pragma("GCC diagnostic pop")

[[weft::fiber]] int get() { return 1; }
[[weft::fiber]] void untouched(int n) {
  QUIET(n + 1)
  get();
  _Pragma("GCC diagnostic push")
  _Pragma("GCC diagnostic pop")
}
[[weft::fiber]] void touched() {
  QUIET(get())
  // CHECK: [[#@LINE-1]]:3: error: this macro's expansion has to change, and a '_Pragma' in it would be lost [weft-macro-pragma]
  // CHECK-NEXT: QUIET(get())
}
