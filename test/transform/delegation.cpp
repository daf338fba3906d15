// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// yield_from hands over, and takes the inner result.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

weft::coroutine<int, void, int> inner();
[[weft::coroutine]] weft::coroutine<int, void, int> outer() {
  auto part = inner();
  int got = weft::yield_from(part);
  return got + 1;
}

// CHECK:      struct outer_frame final : weft::coroutine<int, void, int>::frame_type {
// CHECK-NEXT: std::uint8_t weft_alive = 0; // the innermost object alive
// CHECK-NEXT: weft::slot<weft::coroutine<int, void, int>> part_slot; // line {{[0-9]+}}, crosses 1
// CHECK-NEXT: enum : bool { weft_can_delegate = true };
// CHECK:      case 1: weft_alive = 0; part_slot.destroy(); break;
// CHECK:      auto& part = part_slot.value;
// CHECK-NEXT: switch (weft_enter()) { case 0: break; case 1: goto suspended_1; }
// CHECK-NEXT: ::new (part_slot.storage()) weft::coroutine<int, void, int>(inner()); weft_alive = 1;
// CHECK-NEXT: if (weft_delegate(1, part, true)) { return; }
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: int got = static_cast<int &&>(part.result());
// CHECK-NEXT: weft_return([&]() -> int { return got + 1; });
// CHECK-NEXT: weft_alive = 0; part_slot.destroy();
// CHECK-NEXT: return weft_finish();
