// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An async generator is a coroutine outside and an activation inside: it waits as
// fiber functions do, its yield is the end of a call, and its fiber function keeps
// it in place.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/fiber.h>

static int twice(int n) {
  weft::this_fiber::yield();
  return 2 * n;
}
[[weft::coroutine]] weft::async_generator<int> doubled(weft::channel<int>& in) {
  while (auto each = in.receive())
    weft::yield(twice(*each));
}
[[weft::fiber]] int sum(weft::channel<int>& in) {
  int total = 0;
  for (int each : doubled(in))
    total += each;
  return total;
}

// CHECK:      // doubled, async-generator.cpp:15: 3 suspension points, {{[0-9]+}} bytes
// CHECK-NEXT: struct doubled_frame final : weft::async_generator<int>::frame_type {
// CHECK:      weft::slot<twice_frame> twice_call_slot; // line 17, a callee's frame, crosses 2
// CHECK:      explicit doubled_frame(weft::channel<int> &in) : in(in) {}
// CHECK:      weft::outcome weft_run() {
// CHECK-NEXT: weft::activation_end weft_end(*this);
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; case 3: goto suspended_3; }
// CHECK:      if (weft_wait(1, wait)) { return weft_end.paused(); }
// CHECK:      if (weft_call(2, weft::start(twice_call))) { return weft_end.paused(); }
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: weft_yield(3, result); return weft_end.done();
// CHECK-NEXT: suspended_3:
// CHECK-NEXT: weft_resumed();
// CHECK:      return weft_end.ended();
// CHECK:      {{\[\[}}weft::coroutine]] weft::async_generator<int> doubled(weft::channel<int>& in) {
// CHECK-NEXT: return {weft::in_frame<doubled_frame>(), in};
// CHECK:      static weft::in_place<doubled_frame> doubled_in_place(weft::channel<int>& in) { return weft::in_place<doubled_frame>{weft::in_frame<doubled_frame>(), in}; }

// CHECK:      struct sum_frame final : weft::fiber_frame<int> {
// CHECK:      using range_type = decltype(doubled_in_place({{.*}}));
// CHECK:      weft::slot<weft::async_iterator<int>> begin_slot;
// CHECK:      wait_slot.emplace_from([&] { return range.begin(); });
// CHECK-NEXT: if (weft_wait(1, wait)) { return weft_end.paused(); }
// CHECK:      wait_2_slot.emplace_from([&] { return ++begin; });
// CHECK-NEXT: if (weft_wait(2, wait_2)) { return weft_end.paused(); }
