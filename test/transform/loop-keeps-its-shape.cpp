// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A loop keeps its header, `break` and `continue`; only the declaration moves in front.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> count(int to) {
  for (int i = 0; i < to; ++i) {
    if (i == 3)
      continue;
    weft::yield(i);
    if (i == 5)
      break;
  }
}

// CHECK:      int to; // line {{[0-9]+}}, parameter
// CHECK-NEXT: int i; // line {{[0-9]+}}, crosses 1
// CHECK-NEXT: explicit count_frame(int to) : to(to) {}
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; }
// CHECK-NEXT: i = 0;
// CHECK-NEXT: for (; i < to; ++i) {
// CHECK-NEXT: if (i == 3)
// CHECK-NEXT: continue;
// CHECK-NEXT: return weft_yield(1, i);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: if (i == 5)
// CHECK-NEXT: break;
// CHECK:      return {weft::in_frame<count_frame>(), to};
