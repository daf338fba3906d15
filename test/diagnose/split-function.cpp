// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A coroutine's text is in one file.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> split() {
// CHECK: [[#@LINE-1]]:50: error: 'split' suspends and is not all in one file [weft-split-function]
  weft::yield(1);
#include "Inputs/middle.inc"
}
