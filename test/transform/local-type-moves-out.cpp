// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A local type moves into the frame.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> points() {
  struct point { int x, y; };
  point p{1, 2};
  weft::yield(p.x);
  weft::yield(p.y);
}

// CHECK:      struct point { int x, y; };
// CHECK-NEXT: weft::slot<point> p_slot; // line {{[0-9]+}}, crosses 1, 2
// CHECK:      auto& p = p_slot.value;
// CHECK-NEXT: switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: ::new (p_slot.storage()) point{1, 2};
// CHECK-NEXT: return weft_yield(1, p.x);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: return weft_yield(2, p.y);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
