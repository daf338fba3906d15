// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What suspends and is handed to an ordinary template cannot suspend there.

// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <algorithm>
#include <functional>

[[weft::fiber]] void wait_for(int n);

template <class F> void twice(F f) { f(1), f(2); }
template <class F> struct keeper {
  explicit keeper(F f) : f(f) {}
  F f;
};
struct callbacks {
  void add(std::function<void(int)> f);
};

[[weft::fiber]] void calls(int* first, int* last, callbacks& all) {
  std::for_each(first, last, [](int n) { wait_for(n); });
  // CHECK: [[#@LINE-1]]:30: warning: 'std::for_each' calls this as an ordinary function: it cannot suspend the fiber there [-Wweft-driven-callback]
  auto waits = [](int n) { wait_for(n); };
  twice(waits);
  // CHECK: [[#@LINE-1]]:9: warning: 'twice' calls this as an ordinary function
  twice(wait_for);
  // CHECK: [[#@LINE-1]]:9: warning: 'twice' calls this
  keeper kept(waits);
  // CHECK: [[#@LINE-1]]:15: warning: 'keeper::keeper<F>' calls this
  // These do not suspend, or are there to be driven.
  twice([](int) {});
  all.add(waits);
}
