// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Extensions of Clang that come out as they were written, for Clang to compile.

// RUN: %weft %s -o %t.weft.cpp -- -std=c++17 -w -I%runtime
// RUN: %clangxx -std=c++17 -w -I%runtime %t.weft.cpp %libweft -pthread -o %t
// RUN: %t | FileCheck %s

#include <cstdio>
#include <weft/fiber.h>

typedef int ints __attribute__((ext_vector_type(4)));

template <class... T> [[weft::fiber]] int second(T... pack) {
  weft::this_fiber::yield();
  return pack...[1];
}

[[weft::fiber]] int main() {
  int n = 5;
  ints list = {1, 2, 3, 4};
  weft::this_fiber::yield();
  // CHECK: 2 1 3
  std::printf("%d %d %d\n", int(__array_rank(int[2][3])), int(__is_lvalue_expr(n)), int(list.z));
  // CHECK: 1 5 2
  std::printf("%d %d %d\n", _Generic(n, int: 1, default: 2), __builtin_choose_expr(true, n, 0), int(__imag__ 2.0i));
  // CHECK: 8
  std::printf("%d\n", second(7, 8));
}
