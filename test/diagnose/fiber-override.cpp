// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function and what it overrides agree.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

struct base {
  [[weft::fiber]] virtual int get() = 0;
  virtual int put() = 0;
};
struct derived : base {
  int get() override { return 1; }
  // CHECK: [[#@LINE-1]]:7: error: 'get' is not a fiber function, but what it overrides is [weft-fiber-override]
  // CHECK: {{\[\[}}weft::fiber]]
  // CHECK: [[#@LINE-7]]:31: note: declared here
  [[weft::fiber]] int put() override { return 1; }
  // CHECK: [[#@LINE-1]]:23: error: 'put' is a fiber function, but what it overrides is not [weft-fiber-override]
  // CHECK: [[#@LINE-9]]:15: note: declared here
};

// Of what has internal linkage the colour is inferred, of what it overrides not.
namespace {
struct inferred : base {
  [[weft::fiber]] int get() override;
  int put() override { return get(); }
  // CHECK: [[#@LINE-1]]:7: error: 'put' is a fiber function, but what it overrides is not [weft-fiber-override]
  // CHECK: [[#@LINE-18]]:15: note: declared here
  // CHECK-NEXT: virtual int put() = 0;
  // CHECK: {{\[\[}}weft::fiber]]
};
int inferred::get() { return 1; }
} // namespace
