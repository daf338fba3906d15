// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A header with a coroutine comes out in place of its #include, once; every
// other #include stays.

// RUN: %weft %s -o %t.weft.cpp --no-line-directives -- -std=c++17 -I%runtime
// RUN: FileCheck %s < %t.weft.cpp
// RUN: %gxx -std=c++17 -Wall -Wextra -Werror -I%runtime -fsyntax-only %t.weft.cpp

#include "Inputs/counter.h"
#include "Inputs/counter.h"
#include <cstdio>

int main() {
  for (int each : count(3))
    std::printf("%d\n", each);
}

// CHECK:     {{^}}#include <weft/coroutine.h>
// CHECK:     struct count_frame final
// CHECK:     inline weft::generator<int> count(int to) {
// CHECK-NOT: {{^(struct count_frame|#include "Inputs)}}
// CHECK:     #include <cstdio>
// CHECK:     for (int each : count_in_place(3))
