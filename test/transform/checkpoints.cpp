// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A green function has a checkpoint at its beginning, in each round of its loops, and in front of a goto that goes back. What
// crosses nothing else is a local, and moved to the frame and back when the slice is over; a parameter that does not change
// stays there.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/fiber.h>

bool more();
[[weft::green]] int busy(int n) {
  int sum = 0;
again:
  for (int i = 0; i < n; ++i) {
    if (i == 3)
      continue;
    sum += i;
  }
  while (more())
    ++sum;
  do
    --sum;
  while (more());
  for (int each : {1, 2})
    sum += each;
  if (sum < 100)
    goto again;
  if (sum < 200)
    goto done;
  weft::checkpoint();
done:
  return sum;
}

// CHECK:      busy, {{.*}} 7 suspension points
// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2;
// CHECK-NEXT: if (weft_checkpoint(1)) { return weft_end.paused(); suspended_1: weft_resumed(); }
// CHECK-NEXT: sum = 0;
// CHECK-NEXT: again:;
// CHECK-NEXT: i = 0;
// CHECK-NEXT: for (; i < n; ++i) {
// CHECK-NEXT: if (weft_slice_is_over()) { this->sum = sum; weft_overlap_1.scope_2.i = i; if (weft_switch(2)) { return weft_end.paused(); suspended_2: sum = this->sum; i = weft_overlap_1.scope_2.i; weft_resumed(); } }
// CHECK:      while (more()) {
// CHECK-NEXT: if (weft_slice_is_over()) { this->sum = sum; if (weft_switch(3)) { return weft_end.paused(); suspended_3: sum = this->sum; weft_resumed(); } }
// CHECK-NEXT: ++sum;
// CHECK:      do {
// CHECK-NEXT: if (weft_slice_is_over()) { this->sum = sum; if (weft_switch(4)) { return weft_end.paused(); suspended_4: sum = this->sum; weft_resumed(); } }
// CHECK-NEXT: --sum;
// CHECK-NEXT: } while (more());
// CHECK:      if (weft_slice_is_over()) { this->sum = sum; weft_overlap_1.scope_6.begin = begin; weft_overlap_1.scope_6.end = end; if (weft_switch(5)) { return weft_end.paused(); suspended_5: sum = this->sum; begin = weft_overlap_1.scope_6.begin; end = weft_overlap_1.scope_6.end; weft_resumed(); } }
// CHECK-NEXT: each = *begin;
// CHECK:      if (sum < 100) {
// CHECK-NEXT: if (weft_slice_is_over()) { this->sum = sum; if (weft_switch(6)) { return weft_end.paused(); suspended_6: sum = this->sum; weft_resumed(); } }
// CHECK-NEXT: goto again;
// CHECK:      if (sum < 200)
// CHECK-NEXT: goto done;
// CHECK-NEXT: if (weft_slice_is_over()) { this->sum = sum; if (weft_switch(7)) { return weft_end.paused(); suspended_7: sum = this->sum; weft_resumed(); } }
