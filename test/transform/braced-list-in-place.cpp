// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The elements of a braced list construct their parts of the aggregate in place.

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
struct two {
  guard first;
  int second;
};
[[weft::fiber]] int ask(int);
[[weft::fiber]] guard lock(int);

[[weft::fiber]] int lists() {
  two t{lock(1), ask(2)};
  two u{lock(3), guard(ask(4)).value()};
  return t.second + u.second;
}

// What outlives a list lies between its parts: they belong to the whole by then.
// CHECK:      case 4: weft_alive = 3; temporary_slot.destroy(); break;
// CHECK-NEXT: case 3: weft_alive = 2; if (!u_is_whole) weft::part(u_slot.value.first).destroy(); break;
// CHECK-NEXT: case 2: weft_alive = 0; t_slot.destroy(); break;
// CHECK-NEXT: case 1: weft_alive = 0; weft::part(t_slot.value.first).destroy(); break;

// CHECK:      if (weft_call(1, lock_fiber(t_first, 1))) { return weft_end.paused(); }
// CHECK:      weft_alive = 1;
// CHECK-NEXT: if (weft_call(2, ask_fiber(t_second, 2))) { return weft_end.paused(); }
// CHECK:      weft_alive = 0;
// CHECK-NEXT: weft_alive = 2;
// CHECK-NEXT: u_is_whole = false;
// CHECK:      weft::part(u_slot.value.second).emplace_from([&]() -> int { return static_cast<guard&&>(temporary).value(); });
// CHECK-NEXT: u_is_whole = true;
// CHECK-NEXT: weft_unwind(2);
// CHECK-NEXT: weft_alive = 5;
