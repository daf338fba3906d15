// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A lambda's frame is inside it, and refers to the captures of the closure.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

int use() {
  int base = 10;
  auto up = [base](int to) -> weft::generator<int> {
    for (int i = 0; i < to; ++i)
      weft::yield(base + i);
  };
  int sum = 0;
  for (int each : up(3))
    sum += each;
  return sum;
}

// CHECK:      const int &base; // line {{[0-9]+}}, captured
// CHECK-NEXT: int to; // line {{[0-9]+}}, parameter
// CHECK-NEXT: int i; // line {{[0-9]+}}, crosses 1
// CHECK-NEXT: explicit lambda_frame(const int &base, int to) : base(base), to(to) {}
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; }
// CHECK-NEXT: i = 0;
// CHECK-NEXT: for (; i < to; ++i) {
// CHECK-NEXT: return weft_yield(1, base + i);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK:      return {weft::in_frame<lambda_frame>(), base, to};
