// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A variable that no pause sees is a local of weft_run, not a field.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> steps(int to) {
  int sum = 0;
  while (sum < to) {
    int step = sum / 2 + 1;
    sum += step;
    weft::yield(sum);
  }
}

// CHECK:      int to; // line {{[0-9]+}}, parameter
// CHECK-NEXT: int sum; // line {{[0-9]+}}, crosses 1
// CHECK-NEXT: explicit steps_frame(int to) : to(to) {}
// CHECK:      {{\[\[}}maybe_unused]] int step;
// CHECK-NEXT: switch (weft_enter()) { case 0: break; case 1: goto suspended_1; }
// CHECK-NEXT: sum = 0;
// CHECK-NEXT: while (sum < to) {
// CHECK-NEXT: step = sum / 2 + 1;
// CHECK-NEXT: sum += step;
// CHECK-NEXT: return weft_yield(1, sum);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK:      return {weft::in_frame<steps_frame>(), to};
