// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a yielded expression makes lives until the end of the full-expression,
// which is behind the pause; its types are written so that they are found.

// RUN: %weft %s -o %t.weft.cpp --no-line-directives -- -std=c++17 -I%runtime
// RUN: FileCheck %s < %t.weft.cpp
// RUN: %gxx -std=c++17 -Wall -Wextra -Werror -I%runtime -fsyntax-only %t.weft.cpp

#include <weft/coroutine.h>

#include <string>

std::string name(int);
[[weft::coroutine]] weft::generator<std::string> names() {
  weft::yield(name(1) + "!");
  weft::yield(name(2));
}

// CHECK:      weft::slot<std::{{.*}}> temporary_slot; // line {{[0-9]+}}, a temporary, crosses 1
// CHECK:      return weft_yield(1, static_cast<std::{{.*}}&&>(temporary_2));
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: weft_unwind(0);
