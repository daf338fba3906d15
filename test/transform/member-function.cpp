// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A member function's frame is inside it, and refers to the object.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

class shelf {
  int count = 3;
  int at(int i) const;
public:
  [[weft::coroutine]] weft::generator<int> items() {
    for (int i = 0; i < count; ++i)
      weft::yield(at(i) + this->count);
  }
};

// CHECK:      shelf &self; // line {{[0-9]+}}, the object of the call
// CHECK-NEXT: int i; // line {{[0-9]+}}, crosses 1
// CHECK-NEXT: explicit items_frame(shelf &self) : self(self) {}
// CHECK:      auto& self = this->self;
// CHECK-NEXT: switch (weft_enter()) { case 0: break; case 1: goto suspended_1; }
// CHECK-NEXT: i = 0;
// CHECK-NEXT: for (; i < self.count; ++i) {
// CHECK-NEXT: return weft_yield(1, self.at(i) + (&self)->count);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK:      return {weft::in_frame<items_frame>(), *this};
