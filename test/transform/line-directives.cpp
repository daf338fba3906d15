// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every line of the user's has its place in the source, named as on the command
// line; what the compiler says of the body names that place.

// RUN: mkdir -p %t && cd %t && cp %s source.cpp
// RUN: %weft source.cpp -o out.cpp -- -std=c++17 -I%runtime
// RUN: FileCheck %s < out.cpp
// RUN: %gxx -std=c++17 -Wdeprecated-declarations -I%runtime -fsyntax-only out.cpp 2>&1 | FileCheck --check-prefix=PLACE %s

#include <weft/coroutine.h>

[[deprecated]] void old();
[[weft::coroutine]] weft::generator<int> lines() {
  weft::yield(1);
  old();
  weft::yield(3);
}

// CHECK:      #define WEFT_TRANSFORMED 1
// CHECK-NEXT: #line 1 "source.cpp"
// CHECK:      switch (weft_enter())
// CHECK-NEXT: return weft_yield(1, 1);
// CHECK-NEXT: old();
// CHECK-NEXT: return weft_yield(2, 3);
// CHECK:      #line [[#@LINE-8]] "source.cpp"
// CHECK-NEXT: {{^[}]}}
// PLACE:      source.cpp:[[#@LINE-12]]:{{[0-9]+}}: warning: {{.*}}old
