// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A structured binding names members of a hidden object in the frame.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

struct pair { int a, b; };
pair make();
[[weft::coroutine]] weft::generator<int> parts() {
  auto [a, b] = make();
  weft::yield(a);
  weft::yield(b);
}

// CHECK:      weft::slot<pair> bound_slot; // line {{[0-9]+}}, crosses 1, 2
// CHECK:      auto& bound = bound_slot.value;
// CHECK-NEXT: switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: ::new (bound_slot.storage()) pair(make());
// CHECK-NEXT: return weft_yield(1, bound.a);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: return weft_yield(2, bound.b);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
