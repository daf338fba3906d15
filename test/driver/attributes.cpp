// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Weft's attributes are errors where they mean nothing, and in C++ only.

// RUN: not %weft --check %s 2>&1 | FileCheck --implicit-check-not=error: %s

// CHECK: [[#@LINE+1]]:3: error: '{{\[\[}}weft::coroutine]]' can only be applied to a function
[[weft::coroutine]] int variable;
// CHECK: [[#@LINE+1]]:10: error: '{{\[\[}}weft::fiber]]' can only be applied to a function
struct [[weft::fiber]] Type {};
// CHECK: [[#@LINE+1]]:18: error: '{{\[\[}}weft::green]]' can only be applied to a function
void parameter([[weft::green]] int x);
// CHECK: [[#@LINE+1]]:22: error: '{{\[\[}}weft::coroutine]]' can only be applied to a function
void statement() { [[weft::coroutine]] if (true) {} }
// CHECK: [[#@LINE+1]]:3: error: '{{\[\[}}weft::coroutine]]' takes no arguments
[[weft::coroutine(1)]] int arguments();

// CHECK: [[#@LINE+1]]:3: error: '{{\[\[}}weft::suspendable]]' can only be applied to a parameter
[[weft::suspendable]] void callable();

// CHECK: 6 errors generated
