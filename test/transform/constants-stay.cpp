// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Constants and statics stay what they are; an array is initialised in place.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> powers() {
  constexpr int base = 3;
  static int calls = 0;
  ++calls;
  int table[base] = {1, base, base * base};
  for (int i = 0; i < base; ++i)
    weft::yield(table[i]);
  weft::yield(calls);
}

// CHECK:      static constexpr int base = 3;
// CHECK-NEXT: weft::array_slot<int[3]> table_slot; // line {{[0-9]+}}, crosses 1, 2
// CHECK-NEXT: int i; // line {{[0-9]+}}, crosses 1
// CHECK:      auto& table = table_slot.value.value;
// CHECK-NEXT: switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: static int calls = 0;
// CHECK-NEXT: ++calls;
// CHECK-NEXT: ::new (table_slot.storage()) weft::box<int[3]>{{[{][{]}}1, base, base * base}};
// CHECK-NEXT: i = 0;
// CHECK-NEXT: for (; i < base; ++i) {
// CHECK-NEXT: return weft_yield(1, table[i]);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK:      return weft_yield(2, calls);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
