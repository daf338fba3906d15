// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The temporary that a range-for walks lives in the frame until the loop ends.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

struct list {
  ~list();
  const int* begin() const;
  const int* end() const;
};
list values();
[[weft::coroutine]] weft::generator<int> each() {
  for (const int& value : values())
    weft::yield(value);
}

// CHECK:      weft::slot<list> range_slot; // line {{[0-9]+}}, the range, crosses 1
// CHECK:      case 1: weft_alive = 0; range_slot.destroy(); break;
// CHECK:      ::new (range_slot.storage()) list(values()); weft_alive = 1;
// CHECK:      for (; begin != end; ++begin) {
// CHECK-NEXT: value = std::addressof(*begin);
// CHECK-NEXT: return weft_yield(1, *value);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: }
// CHECK-NEXT: weft_alive = 0; range_slot.destroy();
