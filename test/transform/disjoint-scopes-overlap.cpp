// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Variables that are never alive together share storage.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<long> halves() {
  {
    long first[4] = {1, 2, 3, 4};
    weft::yield(first[0]);
    weft::yield(first[1]);
  }
  {
    long second[4] = {5, 6, 7, 8};
    weft::yield(second[0]);
    weft::yield(second[1]);
  }
}

// CHECK:      struct halves_frame final : weft::generator<long>::frame_type {
// CHECK:      struct {
// CHECK-NEXT: weft::array_slot<long[4]> first_slot; // line {{[0-9]+}}, crosses 1, 2
// CHECK-NEXT: } scope_2;
// CHECK-NEXT: struct {
// CHECK-NEXT: weft::array_slot<long[4]> second_slot; // line {{[0-9]+}}, crosses 3, 4
// CHECK-NEXT: } scope_5;
// CHECK:      } weft_overlap_1;
// CHECK:      auto& first = weft_overlap_1.scope_2.first_slot.value.value;
// CHECK-NEXT: auto& second = weft_overlap_1.scope_5.second_slot.value.value;
// CHECK-NEXT: switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; case 3: goto suspended_3; case 4: goto suspended_4; }
// CHECK-NEXT: {
// CHECK-NEXT: ::new (weft_overlap_1.scope_2.first_slot.storage()) weft::box<long[4]>{{[{][{]}}1, 2, 3, 4}};
// CHECK-NEXT: return weft_yield(1, first[0]);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: return weft_yield(2, first[1]);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK:      {
// CHECK-NEXT: ::new (weft_overlap_1.scope_5.second_slot.storage()) weft::box<long[4]>{{[{][{]}}5, 6, 7, 8}};
// CHECK-NEXT: return weft_yield(3, second[0]);
// CHECK-NEXT: suspended_3:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: return weft_yield(4, second[1]);
// CHECK-NEXT: suspended_4:
// CHECK-NEXT: weft_resumed();
