// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The frame of a function with internal linkage has internal linkage.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

static weft::generator<int> hidden() { weft::yield(1); }
int use() {
  for (int each : hidden())
    return each;
  return 0;
}

// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; }
// CHECK-NEXT: return weft_yield(1, 1);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK:      } // namespace
// CHECK-NEXT: static weft::generator<int> hidden() {
// CHECK:      static weft::in_place<hidden_frame> hidden_in_place() { return weft::in_place<hidden_frame>{weft::in_frame<hidden_frame>()}; }
// CHECK-NEXT: int use() {
// CHECK-NEXT: for (int each : hidden_in_place())
// CHECK-NEXT: return each;
// CHECK-NEXT: return 0;
