// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A crossing closure gets a type with a name from a function; its text is the user's.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> counted() {
  int n = 0;
  auto next = [&n](int by) { return n += by; };
  weft::yield(next(1));
  weft::yield(next(2));
}

// CHECK:      inline constexpr auto make_counted_next = [](auto& n) { return [&n](int by) { return n += by; }; };
// CHECK-NEXT: // {{.*}}: 2 suspension points, 48 bytes
// CHECK:      using next_type = decltype(make_counted_next(std::declval<int &>()));
// CHECK-NEXT: weft::slot<next_type> next_slot; // line {{[0-9]+}}, crosses 1, 2
// CHECK-NEXT: int n; // line {{[0-9]+}}, crosses 1, 2
// CHECK:      auto& next = next_slot.value;
// CHECK-NEXT: auto& n = this->n;
// CHECK-NEXT: switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: n = 0;
// CHECK-NEXT: ::new (next_slot.storage()) next_type(make_counted_next(n));
// CHECK-NEXT: return weft_yield(1, next(1));
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: return weft_yield(2, next(2));
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
