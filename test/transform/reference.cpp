// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A reference that crosses is a pointer in the frame.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> through(int* p) {
  int& r = *p;
  weft::yield(r);
  ++r;
  weft::yield(r + 1);
}

// CHECK:      int *p; // line {{[0-9]+}}, parameter
// CHECK-NEXT: int *r; // line {{[0-9]+}}, crosses 1, 2
// CHECK-NEXT: explicit through_frame(int *p) : p(p) {}
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: r = std::addressof(*p);
// CHECK-NEXT: return weft_yield(1, *r);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: ++*r;
// CHECK-NEXT: return weft_yield(2, *r + 1);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK:      return {weft::in_frame<through_frame>(), p};
