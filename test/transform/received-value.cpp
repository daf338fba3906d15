// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A received value is made where it is used.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

#include <string>
[[weft::coroutine]] weft::coroutine<int, std::string, std::size_t> total() {
  std::string first = weft::yield<std::string>(1);
  std::size_t sum = first.size();
  sum += weft::yield<std::string>(2).size();
  return sum;
}

// CHECK:      struct total_frame final : weft::coroutine<int, std::string, std::size_t>::frame_type {
// CHECK-NEXT: std::size_t sum; // line {{[0-9]+}}, crosses 2
// CHECK-NEXT: weft::slot<std::string> first_slot; // line {{[0-9]+}}, crosses 2
// CHECK-NEXT: std::uint8_t weft_alive = 0; // the innermost object alive
// CHECK:      case 1: weft_alive = 0; first_slot.destroy(); break;
// CHECK:      auto& first = first_slot.value;
// CHECK-NEXT: switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: return weft_await(1, 1);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: ::new (first_slot.storage()) std::string(weft_received()); weft_alive = 1;
// CHECK-NEXT: sum = first.size();
// CHECK-NEXT: return weft_await(2, 2);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: sum += weft_received().size();
// CHECK-NEXT: weft_return([&]() -> unsigned long { return sum; });
// CHECK-NEXT: weft_alive = 0; first_slot.destroy();
// CHECK-NEXT: return weft_finish();
