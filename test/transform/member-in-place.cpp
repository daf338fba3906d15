// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A member whose callers keep the frame in place shares it with a sibling that
// returns it; the sibling has the member's access.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

class list {
  int size = 3;

public:
  [[weft::coroutine]] weft::generator<int> up(int from) const {
    for (int i = from; i < size; ++i)
      weft::yield(i);
  }
  [[weft::coroutine]] weft::generator<int> down(int from = 2);
};
weft::generator<int> list::down(int from) {
  weft::yield(from);
}
int callers(list& l) {
  int sum = 0;
  for (int each : l.up(1))
    sum += each;
  auto local = l.down();
  local.next();
  return sum + local.value();
}

// CHECK:      public:
// CHECK-NEXT: auto up_in_place(int from) const {
// CHECK-NEXT: // list::up, {{.*}}: 1 suspension point, {{[0-9]+}} bytes
// CHECK-NEXT: struct up_frame final : weft::generator<int>::frame_type {
// CHECK-NEXT: const list &self; // line {{[0-9]+}}, the object of the call
// CHECK:      for (; i < self.size; ++i) {
// CHECK:      return weft::in_place<up_frame>{weft::in_frame<up_frame>(), *this, from};
// CHECK-NEXT: }
// CHECK-NEXT: {{\[\[}}weft::coroutine{{\]\]}} weft::generator<int> up(int from) const {
// CHECK-NEXT: return {weft::in_frame<typename decltype(up_in_place(from))::held_frame>(), *this, from};
// CHECK-NEXT: }
// CHECK-NEXT: auto down_in_place(int from = 2); {{\[\[}}weft::coroutine{{\]\]}} weft::generator<int> down(int from = 2);
// CHECK-NEXT: };
// CHECK-NEXT: inline auto list::down_in_place(int from) {
// CHECK:      weft::generator<int> list::down(int from) {
// CHECK-NEXT: return {weft::in_frame<typename decltype(down_in_place(from))::held_frame>(), *this, from};
// CHECK:      for (int each : l.up_in_place(1))
// CHECK:      auto local = l.down_in_place();
