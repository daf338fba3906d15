// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Translation units that see other instantiations of a template make other frames
// of it. A static variable in it would not be one variable.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

#include "Inputs/shared_static.h"
// CHECK: shared_static.h:2:40: error: templates of fiber functions cannot have a static variable beside calls that depend on their parameters in this version [weft-fiber-template]

template <class T> [[weft::fiber]] static int own(T& source) {
  static int calls = 0;
  source.next();
  return ++calls;
}

struct numbers {
  [[weft::fiber]] void next() { weft::this_fiber::yield(); }
};
[[weft::fiber]] int sum() {
  numbers n;
  return counted(n) + constant(n) + alike(1) + plain() + own(n);
}
