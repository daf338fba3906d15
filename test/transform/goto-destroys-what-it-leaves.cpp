// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A goto destroys what it leaves before it goes.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

struct guard { guard(); ~guard(); };
[[weft::coroutine]] weft::generator<int> retry(int times) {
again:
  {
    guard g;
    weft::yield(times);
    if (--times)
      goto again;
  }
}

// CHECK:      int times; // line {{[0-9]+}}, parameter
// CHECK-NEXT: std::uint8_t weft_alive = 0; // the innermost object alive
// CHECK-NEXT: weft::slot<guard> g_slot; // line {{[0-9]+}}, crosses 1
// CHECK-NEXT: explicit retry_frame(int times) : times(times) {}
// CHECK:      case 1: weft_alive = 0; g_slot.destroy(); break;
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; }
// CHECK-NEXT: again:;
// CHECK-NEXT: {
// CHECK-NEXT: ::new (g_slot.storage()) guard; weft_alive = 1;
// CHECK-NEXT: return weft_yield(1, times);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: if (--times)
// CHECK-NEXT: goto leave_1;
// CHECK-NEXT: if (false) {
// CHECK-NEXT: leave_1:;
// CHECK-NEXT: weft_alive = 0; g_slot.destroy();
// CHECK-NEXT: goto again;
// CHECK:      weft_alive = 0; g_slot.destroy();
// CHECK:      return {weft::in_frame<retry_frame>(), times};
