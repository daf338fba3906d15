// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The report on fiber functions: the sizes are those that the compilers see,
// also of a frame that holds its callee's.

// RUN: %weft %s --emit=json -o - -- -std=c++17 -I%runtime | FileCheck %s
// RUN: %weft %s -o %t.cpp -- -std=c++17 -I%runtime
// RUN: %gxx -std=c++17 -fsyntax-only -I%runtime %t.cpp
// RUN: %clangxx -std=c++17 -fsyntax-only -I%runtime %t.cpp

#include <string>
#include <weft/fiber.h>

static int inner(int n, std::string s) {
  char c = static_cast<char>(n);
  weft::this_fiber::yield();
  return c + static_cast<int>(s.size());
}
// CHECK: "name": "n",
// CHECK: "file":
// CHECK: "frame": "inner_frame",
// CHECK: "header": 32,
// CHECK: "kind": "fiber",
// CHECK: "name": "inner",
// CHECK: "size": 48,
// CHECK: "kind": "wait",
[[weft::fiber]] void outer() {
  weft::this_fiber::sleep_for(std::chrono::seconds(1));
  int result = inner(1, "text");
  static_cast<void>(result);
}
// CHECK: "kept": "line 29, a callee's frame, crosses 2",
// CHECK: "size": 48,
// CHECK: "type": "inner_frame"
// CHECK: "header": 19,
// CHECK: "kind": "call",

#ifdef WEFT_TRANSFORMED
static_assert(sizeof(inner_frame) == 48);
#endif
