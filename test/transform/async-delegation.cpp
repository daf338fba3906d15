// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An async generator hands on another's values in a loop with two points: the fiber
// waits at the first; the value is handed on at the second.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/async_generator.h>

weft::async_generator<int> inner(int n);

// CHECK: struct outer_frame final : weft::async_generator<int>::frame_type {
// CHECK: for (;;) {
// CHECK-NEXT: if (weft_call(1, weft_delegate(temporary))) { return weft_end.paused(); }
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: if (temporary.done()) {
// CHECK-NEXT: break;
// CHECK-NEXT: }
// CHECK-NEXT: weft_yield(2, temporary.value()); return weft_end.done();
// CHECK-NEXT: suspended_2:;
// CHECK-NEXT: }
[[weft::coroutine]] weft::async_generator<int> outer() {
  weft::yield_from(inner(1));
}

// Of a range in a template the instantiation tells that it waits.
// CHECK: using wait_type = decltype(weft::range_begin(*std::declval<range_type&>()));
// CHECK: using begin_type = std::decay_t<decltype(std::declval<wait_type&>().await_resume())>;
template <class R> [[weft::fiber]] int sum(R& range) {
  int sum = 0;
  for (int each : range)
    sum += each;
  return sum;
}
[[weft::fiber]] int use() {
  auto g = outer();
  return sum(g);
}
