// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Names that generated code uses are refused.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> clash() {
// CHECK: [[#@LINE-1]]:42: error: 'weft_alive': names that begin with 'weft_' are kept for generated code [weft-reserved-name]
  int weft_alive = 1;
  weft::yield(weft_alive);
}
