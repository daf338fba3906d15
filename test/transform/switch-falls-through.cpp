// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A switch keeps its cases, and falls through where the source does.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> from(int at) {
  switch (at) {
  case 0:
    weft::yield(0);
    [[fallthrough]];
  case 1:
    weft::yield(1);
    break;
  default:
    weft::yield(2);
  }
}

// CHECK:      int at; // line {{[0-9]+}}, parameter
// CHECK-NEXT: explicit from_frame(int at) : at(at) {}
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; case 3: goto suspended_3; }
// CHECK-NEXT: switch (at) {
// CHECK-NEXT: case 0:
// CHECK-NEXT: return weft_yield(1, 0);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: {{\[\[}}fallthrough]];
// CHECK-NEXT: case 1:
// CHECK-NEXT: return weft_yield(2, 1);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: break;
// CHECK-NEXT: default:
// CHECK-NEXT: return weft_yield(3, 2);
// CHECK-NEXT: suspended_3:
// CHECK-NEXT: weft_resumed();
// CHECK:      return {weft::in_frame<from_frame>(), at};
