// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The first declaration says what a function is.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

int late();
[[weft::fiber]] int late() { return 1; }
// CHECK: [[#@LINE-1]]:3: error: 'late' was first declared without '{{\[\[}}weft::fiber]]' [weft-fiber-redeclared]
// CHECK: [[#@LINE-3]]:5: note: declared here

// The definition need not repeat it.
[[weft::fiber]] int early();
int early() { return 1; }
