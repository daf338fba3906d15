// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Objects are constructed in their storage, without a copy or a move, and destroyed in reverse order.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

struct fixed { fixed(int); fixed(const fixed&) = delete; ~fixed(); int value; };
[[weft::coroutine]] weft::generator<int> kept() {
  fixed one(1);
  weft::yield(one.value);
  fixed two = 2;
  weft::yield(one.value + two.value);
}

// CHECK:      weft::slot<fixed> two_slot; // line {{[0-9]+}}, crosses 2
// CHECK-NEXT: weft::slot<fixed> one_slot; // line {{[0-9]+}}, crosses 1, 2
// CHECK-NEXT: std::uint8_t weft_alive = 0; // the innermost object alive
// CHECK:      case 2: weft_alive = 1; two_slot.destroy(); break;
// CHECK-NEXT: case 1: weft_alive = 0; one_slot.destroy(); break;
// CHECK:      auto& two = two_slot.value;
// CHECK-NEXT: auto& one = one_slot.value;
// CHECK-NEXT: switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: ::new (one_slot.storage()) fixed(1); weft_alive = 1;
// CHECK-NEXT: return weft_yield(1, one.value);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: two_slot.emplace_from([&]() -> fixed { return 2; }); weft_alive = 2;
// CHECK-NEXT: return weft_yield(2, one.value + two.value);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: weft_unwind(0);
