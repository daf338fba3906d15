// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A macro call in which something changes is written out, line by line; others
// stay as they are.

// RUN: %weft %s -o - -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/fiber.h>

#define EXPECT(value, expected)                                                 \
  do {                                                                          \
    if ((value) != (expected))                                                  \
      fail(#value);                                                             \
  } while (0)
void fail(const char* text);

[[weft::fiber]] int twice(int n) {
  weft::this_fiber::yield();
  return 2 * n;
}

void test() {
  EXPECT(1 + 1, 2);
  EXPECT(weft::run(twice, 3), 6);
  EXPECT(weft::run([] {
           weft::this_fiber::yield(); // Here.
           return twice(2);
         }),
         4);
  fail("nothing");
}

// CHECK-LABEL: {{^}}void test() {
// CHECK-NEXT: {{^}}  EXPECT(1 + 1, 2);
// CHECK-NEXT: {{^}}  do { if ((weft::run(weft::entry<int(int)>(twice_fiber), 3)) != (6)) fail ("weft::run(twice, 3)"); } while (0);
// CHECK-NEXT: {{^}}  do { if ((weft::run(weft::lambda{weft::signature<int()>(), [] (weft::into<int> weft_result) -> weft::activation* {
// CHECK: {{^}}#line [[#@LINE-12]] "{{.*}}macro-call.cpp"
// CHECK: switch (weft_enter())
// CHECK-NEXT: wait_slot.emplace_from([&] { return weft::this_fiber::yield(); });
// CHECK-SAME: wait.await_resume();
// CHECK-NEXT: twice_frame(weft_result, 2)
// CHECK: {{^}}#line [[#@LINE-14]] "{{.*}}macro-call.cpp"
// CHECK-NEXT: {{^}}         }})) != (
// CHECK-NEXT: {{^}}4)) fail ("weft::run([] { weft::this_fiber::yield(); return twice(2); })"); } while (0);
// CHECK-NEXT: {{^}}  fail("nothing");
