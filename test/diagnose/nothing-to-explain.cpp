// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// --explain prints the chain of calls by which a function suspends.

// RUN: %weft --explain=outer %s -- -std=c++17 -I%runtime | FileCheck %s
// RUN: %weft --explain=plain %s -- -std=c++17 -I%runtime | FileCheck --check-prefix=PLAIN %s
// RUN: not %weft --explain=absent %s -- -std=c++17 -I%runtime 2>&1 | FileCheck --check-prefix=CHECK-ABSENT %s
// RUN: not %weft --explain=outer --check %s -- -std=c++17 2>&1 | FileCheck --check-prefix=BOTH %s

#include <weft/fiber.h>

[[weft::fiber]] void elsewhere();
static int middle() {
  auto both = [] { elsewhere(); };
  both();
  return 2;
}
[[weft::fiber]] int outer() { return middle(); }
int plain() { return 3; }

// CHECK: nothing-to-explain.cpp:18:38: 'outer' calls 'middle'
// CHECK-NEXT: nothing-to-explain.cpp:15:{{3|7}}: 'middle' calls the lambda
// CHECK-NEXT: nothing-to-explain.cpp:14:20: the lambda calls 'elsewhere'
// CHECK-NEXT: nothing-to-explain.cpp:12:22: 'elsewhere' is annotated '{{\[\[}}weft::fiber]]'; its body is elsewhere
// CHECK-NOT: {{.}}
// PLAIN: nothing-to-explain.cpp:19:5: 'plain' does not suspend
// CHECK-ABSENT: error: no function is called 'absent' [weft-nothing-to-explain]
// BOTH: '--explain' and '--check' or '--emit' contradict each other
