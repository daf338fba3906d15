// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Branches keep their conditions; each gets braces.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> sign(int x) {
  if (x < 0)
    weft::yield(-1);
  else if (x > 0)
    weft::yield(1);
  else
    x = 1;
  weft::yield(x);
}

// CHECK:      int x; // line {{[0-9]+}}, parameter
// CHECK-NEXT: explicit sign_frame(int x) : x(x) {}
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; case 3: goto suspended_3; }
// CHECK-NEXT: if (x < 0) {
// CHECK-NEXT: return weft_yield(1, -1);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: } else {
// CHECK-NEXT: if (x > 0) {
// CHECK-NEXT: return weft_yield(2, 1);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: } else {
// CHECK-NEXT: x = 1;
// CHECK:      return weft_yield(3, x);
// CHECK-NEXT: suspended_3:
// CHECK-NEXT: weft_resumed();
// CHECK:      return {weft::in_frame<sign_frame>(), x};
