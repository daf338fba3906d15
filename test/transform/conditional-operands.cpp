// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The operand of ?: that is taken gives its value to where it is wanted; what it
// leaves alive is kept to the end of the full-expression.

// RUN: %weft %s -o %t.weft.cpp --no-line-directives -- -std=c++17 -I%runtime
// RUN: FileCheck %s < %t.weft.cpp
// RUN: %gxx -std=c++17 -Wall -Wextra -Werror -I%runtime -fsyntax-only %t.weft.cpp

#include <weft/fiber.h>

struct guard {
  explicit guard(int);
  guard(const guard&);
  ~guard();
  int value() const;
};
[[weft::fiber]] int ask(int);
[[weft::fiber]] guard lock(int);
void use(int);

[[weft::fiber]] int arms(bool c) {
  int n = c ? ask(1) : 2;
  guard g = c ? lock(n) : guard(3);
  use((c ? guard(ask(4)).value() : 5) + g.value());
  return n;
}
[[weft::fiber]] guard result(bool c) { return c ? lock(1) : guard(2); }

// CHECK:      case 3: weft_alive = arm_alive; break;
// CHECK-NEXT: case 2: weft_alive = 1; temporary_slot.destroy(); break;

// CHECK:      if (c) {
// CHECK-NEXT: if (weft_call(1, ask_fiber(n, 1))) { return weft_end.paused(); }
// CHECK:      } else {
// CHECK-NEXT: n = 2;
// CHECK-NEXT: }
// CHECK-NEXT: if (c) {
// CHECK-NEXT: if (weft_call(2, lock_fiber(g, n))) { return weft_end.paused(); }
// CHECK:      } else {
// CHECK-NEXT: g_slot.emplace_from([&]() -> guard { return guard(3); });
// CHECK-NEXT: }
// CHECK-NEXT: weft_alive = 1;
// CHECK-NEXT: if (c) {
// CHECK:      temporary_slot.emplace_from([&]() -> guard { return guard(result); }); weft_alive = 2;
// CHECK-NEXT: chosen = static_cast<guard&&>(temporary).value();
// CHECK-NEXT: } else {
// CHECK-NEXT: chosen = 5;
// CHECK-NEXT: }
// CHECK-NEXT: arm_alive = weft_alive;
// CHECK-NEXT: weft_alive = 3;
// CHECK-NEXT: use(chosen + g.value());
// CHECK-NEXT: weft_unwind(1);

// CHECK:      if (weft_call(1, lock_fiber(weft_result, 1))) { return weft_end.paused(); }
// CHECK:      weft_returned();
// CHECK-NEXT: } else {
// CHECK-NEXT: weft_return([&]() -> guard { return guard(2); });
// CHECK-NEXT: }
