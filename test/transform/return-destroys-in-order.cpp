// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The result is made first, then the scopes that return leaves are destroyed.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

struct guard { guard(); ~guard(); };
int last();
[[weft::coroutine]] weft::coroutine<int, void, int> ends(bool early) {
  guard outer;
  weft::yield(1);
  if (early) {
    guard inner;
    weft::yield(2);
    return last();
  }
  return 0;
}

// CHECK:      struct ends_frame final : weft::coroutine<int, void, int>::frame_type {
// CHECK-NEXT: bool early; // line {{[0-9]+}}, parameter
// CHECK-NEXT: std::uint8_t weft_alive = 0; // the innermost object alive
// CHECK-NEXT: weft::slot<guard> outer_slot; // line {{[0-9]+}}, crosses 1, 2
// CHECK-NEXT: weft::slot<guard> inner_slot; // line {{[0-9]+}}, crosses 2
// CHECK-NEXT: explicit ends_frame(bool early) : early(early) {}
// CHECK:      case 2: weft_alive = 1; inner_slot.destroy(); break;
// CHECK-NEXT: case 1: weft_alive = 0; outer_slot.destroy(); break;
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: ::new (outer_slot.storage()) guard; weft_alive = 1;
// CHECK-NEXT: return weft_yield(1, 1);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: if (early) {
// CHECK-NEXT: ::new (inner_slot.storage()) guard; weft_alive = 2;
// CHECK-NEXT: return weft_yield(2, 2);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: weft_return([&]() -> int { return last(); });
// CHECK-NEXT: weft_unwind(0);
// CHECK-NEXT: return weft_finish();
// CHECK:      weft_return([&]() -> int { return 0; });
// CHECK-NEXT: weft_alive = 0; outer_slot.destroy();
// CHECK-NEXT: return weft_finish();
// CHECK:      return {weft::in_frame<ends_frame>(), early};
