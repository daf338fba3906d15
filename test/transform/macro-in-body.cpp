// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A macro that suspends is written out.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

#define EMIT(x) do { weft::yield(x); } while (false)
[[weft::coroutine]] weft::generator<int> emits() {
  EMIT(1);
  EMIT(2);
}

// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: do {
// CHECK-NEXT: return weft_yield(1, 1);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: } while (false);
// CHECK-NEXT: do {
// CHECK-NEXT: return weft_yield(2, 2);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: } while (false);
