// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The frame is the local variable where the coroutine is not handed on.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> count(int to) {
  for (int i = 0; i < to; ++i)
    weft::yield(i);
}
void keep(weft::generator<int>);
int callers() {
  int sum = 0;
  for (int each : count(3))
    sum += each;
  auto local = count(4);
  while (local.next())
    sum += local.value();
  auto handed_on = count(5);
  keep(std::move(handed_on));
  return sum;
}

// CHECK:      int to; // line {{[0-9]+}}, parameter
// CHECK-NEXT: int i; // line {{[0-9]+}}, crosses 1
// CHECK-NEXT: explicit count_frame(int to) : to(to) {}
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; }
// CHECK-NEXT: i = 0;
// CHECK-NEXT: for (; i < to; ++i) {
// CHECK-NEXT: return weft_yield(1, i);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK:      return {weft::in_frame<count_frame>(), to};
// CHECK:      inline weft::in_place<count_frame> count_in_place(int to) { return weft::in_place<count_frame>{weft::in_frame<count_frame>(), to}; }
// CHECK-NEXT: void keep(weft::generator<int>);
// CHECK-NEXT: int callers() {
// CHECK-NEXT: int sum = 0;
// CHECK-NEXT: for (int each : count_in_place(3))
// CHECK-NEXT: sum += each;
// CHECK-NEXT: auto local = count_in_place(4);
// CHECK-NEXT: while (local.next())
// CHECK-NEXT: sum += local.value();
// CHECK-NEXT: auto handed_on = count(5);
// CHECK-NEXT: keep(std::move(handed_on));
// CHECK-NEXT: return sum;
