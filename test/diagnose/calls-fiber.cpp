// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An ordinary function cannot call a fiber function; what is static or a lambda
// becomes one itself.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/await.h>

[[weft::fiber]] int wait_for(int n);
[[weft::fiber]] void wait();

int ordinary(int n) {
  return wait_for(n + 1);
  // CHECK: [[#@LINE-1]]:10: error: 'wait_for' suspends, but 'ordinary' is not a fiber function [weft-calls-fiber]
  // CHECK: [[#@LINE-3]]:5: note: annotate 'ordinary' with '{{\[\[}}weft::fiber]]'
  // CHECK-NEXT: int ordinary(int n) {
  // CHECK: {{\[\[}}weft::fiber]]
  // CHECK: [[#@LINE-5]]:10: note: or let 'weft::run' drive the call to its end on this thread
  // CHECK: weft::run(
}

struct device {
  int read();
};
int device::read() {
  wait();
  // CHECK: [[#@LINE-1]]:3: error: 'wait' suspends, but 'read' is not a fiber function [weft-calls-fiber]
  // CHECK: [[#@LINE-5]]:7: note: annotate 'read'
  // CHECK: note: or let 'weft::run'
  return 1;
}

// Their colour follows from the call, and so must that of their callers.
static int inferred() { return wait_for(1); }
namespace {
int also_inferred() { return inferred(); }
} // namespace
int caller() {
  auto lambda = [] { return also_inferred(); };
  return lambda();
  // CHECK: [[#@LINE-1]]:{{10|16}}: error: this lambda suspends, but 'caller' is not
  // CHECK: note: annotate 'caller'
  // CHECK: note: or let 'weft::run'
}

// A pause made visible is one pause; what cannot be edited is said.
#define DEFINED int defined() {
DEFINED
  return weft::await(wait_for(1));
  // CHECK: [[#@LINE-1]]:10: error: 'wait_for' suspends, but 'defined' is not
  // CHECK: note: annotate 'defined'
  // CHECK: note: 'defined' cannot be annotated by a fix-it: the declaration comes from a macro
  // CHECK: note: or let 'weft::run'
}

// What is not evaluated calls nothing.
using type = decltype(wait_for(1));
constexpr auto size = sizeof(wait_for(1));
static_assert(!noexcept(wait_for(1)));
// A function pointer holds the driving entry.
int (*pointer)(int) = wait_for;
