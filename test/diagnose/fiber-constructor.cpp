// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Constructors and destructors cannot be fiber functions.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

struct resource {
  [[weft::fiber]] resource() {}
  // CHECK: [[#@LINE-1]]:5: error: a constructor cannot be a fiber function [weft-fiber-constructor]
  [[weft::fiber]] ~resource() {}
  // CHECK: [[#@LINE-1]]:5: error: a destructor cannot be a fiber function [weft-fiber-constructor]
};
