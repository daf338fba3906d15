// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A temporary that crosses has a type with a name, or is made of what can move.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

template <class F> struct guard {
  F f;
  ~guard() {}
  int value() const { return f(); }
};
int number();
template <class F> guard<F> make(F f) { return {f}; }
[[weft::coroutine]] weft::generator<const int&> values() {
  static int calls = number();
  weft::yield(make([] { return ++calls; }).value());
// CHECK: [[#@LINE-1]]:15: error: a temporary whose type has no name lives across the pause [weft-unnameable-temporary]
}
