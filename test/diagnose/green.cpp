// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A green function is called, declared and overridden by the rules of fiber functions; a checkpoint suspends.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

[[weft::green]] int busy(int n) {
  while (n > 10)
    n /= 2;
  return n;
}
[[weft::fiber]] int calls() { return busy(100); }

int ordinary() {
  return busy(3);
  // CHECK-DAG: [[#@LINE-1]]:10: error: 'busy' suspends, but 'ordinary' is not a fiber function [weft-calls-fiber]
}
void looks() {
  weft::checkpoint();
  // CHECK-DAG: [[#@LINE-1]]:3: error: 'weft::checkpoint' suspends, but 'looks' is not a fiber function [weft-calls-fiber]
}

int late();
[[weft::green]] int late() { return 1; }
// CHECK-DAG: [[#@LINE-1]]:3: error: 'late' was first declared without '{{\[\[}}weft::fiber]]' [weft-fiber-redeclared]

struct shape {
  [[weft::green]] virtual int area();
  [[weft::green]] shape();
  // CHECK-DAG: [[#@LINE-1]]:5: error: a constructor cannot be a fiber function [weft-fiber-constructor]
};
struct square : shape {
  int area() override;
  // CHECK-DAG: [[#@LINE-1]]:7: error: 'area' is not a fiber function, but what it overrides is [weft-fiber-override]
};

[[weft::green]] void guarded() {
  weft::no_suspend guard;
  for (int i = 0; i < 3; ++i) // Without a checkpoint.
    ;
  weft::checkpoint();
  // CHECK-DAG: [[#@LINE-1]]:3: error: 'weft::checkpoint' suspends in the scope of a 'weft::no_suspend' [weft-no-suspend]
}
