// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Parts of a function that suspends move to where a pragma in it would not hold.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

#define N 1
#pragma pack(push, 2)
[[weft::fiber]] int outside() {
  struct packed {
    char c;
    int n;
  };
#pragma GCC diagnostic push
  weft::this_fiber::yield();
#pragma GCC diagnostic pop
  return sizeof(packed);
}
#pragma pack(pop)

[[weft::fiber]] int inside() {
#pragma pack(push, 1)
  // CHECK: [[#@LINE-1]]:1: error: '#pragma pack' inside a function that suspends [weft-body-pragma]
  // CHECK-NEXT: #pragma pack(push, 1)
  struct packed {
    char c;
    int n;
  };
#pragma pack(pop)
  // CHECK: [[#@LINE-1]]:1: error: '#pragma pack' inside a function that suspends [weft-body-pragma]
  outside();
#pragma push_macro("N")
  // CHECK: [[#@LINE-1]]:1: error: '#pragma push_macro' inside a function that suspends [weft-body-pragma]
#undef N
#pragma pop_macro("N")
  // CHECK: [[#@LINE-1]]:1: error: '#pragma pop_macro' inside a function that suspends [weft-body-pragma]
  return sizeof(packed) + N;
}
int plain() {
#pragma pack(push, 1)
#pragma pack(pop)
  return 1;
}
