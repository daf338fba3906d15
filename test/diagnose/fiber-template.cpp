// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fiber functions that are templates have to wait.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

template <class T> [[weft::fiber]] T get(T value) { return value; }
// CHECK: [[#@LINE-1]]:38: error: fiber functions that are templates, or members of templates, are not supported by this version [weft-fiber-template]

template <class T> struct box {
  [[weft::fiber]] T take() { return T(); }
  // CHECK: [[#@LINE-1]]:21: error: fiber functions that are templates
};
