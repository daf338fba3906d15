// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// while and do keep their shape.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

bool more();
[[weft::coroutine]] weft::generator<int> polls() {
  while (more())
    weft::yield(1);
  do {
    weft::yield(2);
  } while (more());
}

// CHECK:      switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: while (more()) {
// CHECK-NEXT: return weft_yield(1, 1);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK:      do {
// CHECK-NEXT: return weft_yield(2, 2);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: } while (more());
