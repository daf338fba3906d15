// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Forms of a call that have to wait.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <string>

[[weft::fiber]] int length(const std::string& text = "none");
[[weft::fiber]] int repeat(int times = 2);

[[weft::fiber]] int calls() {
  return repeat() + (*repeat)(2);
  // CHECK: [[#@LINE-1]]:21: error: this way to name the function in a call of a fiber function is not supported by this version [weft-fiber-argument]
}

// In a template an object's parameter would be a copy of what this leads to.
struct target {
  int number;
};
struct holder {
  target held;
  operator target&() { return held; }
};
template <class F> [[weft::fiber]] void call(F f, holder h) {
  f(h);
  // CHECK: [[#@LINE-1]]:3: error: a conversion to a reference in a call of a fiber function
}
template <class... A> [[weft::fiber]] int packed(A... args) {
  return length(args...);
  // CHECK: [[#@LINE-1]]:10: error: an argument that is converted in a call of a fiber function
}
[[weft::fiber]] int consume(std::string text);
template <class... A> [[weft::fiber]] int consumed(A... args) {
  return consume(args...);
  // CHECK: [[#@LINE-1]]:10: error: a pack of which objects are made in a call of a fiber function
}
template <class... A> [[weft::fiber]] int before(A... args) {
  return repeat(args..., 1);
  // CHECK: [[#@LINE-1]]:10: error: a pack in front of other arguments in a call
}
[[weft::fiber]] void templates() {
  call([](target& t) { repeat(t.number); }, holder());
  packed("converts");
  consumed(std::string());
  before();
}
