// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Of two variables with one name, the second gets another.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> nested() {
  int x = 1;
  weft::yield(x);
  {
    int x = 2;
    weft::yield(x);
    weft::yield(x + 1);
  }
  weft::yield(x);
}

// CHECK:      int x; // line {{[0-9]+}}, crosses 1, 2, 3, 4
// CHECK-NEXT: int x_2; // line {{[0-9]+}}, crosses 2, 3
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; case 3: goto suspended_3; case 4: goto suspended_4; }
// CHECK-NEXT: x = 1;
// CHECK-NEXT: return weft_yield(1, x);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: {
// CHECK-NEXT: x_2 = 2;
// CHECK-NEXT: return weft_yield(2, x_2);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: return weft_yield(3, x_2 + 1);
// CHECK-NEXT: suspended_3:
// CHECK-NEXT: weft_resumed();
// CHECK:      return weft_yield(4, x);
// CHECK-NEXT: suspended_4:
// CHECK-NEXT: weft_resumed();
