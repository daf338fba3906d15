// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What suspends and is handed to an ordinary template cannot suspend there.

// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <algorithm>
#include <functional>
#include <weft/fiber.h>

[[weft::fiber]] void wait_for(int n);

template <class F> void twice(F f) { f(1), f(2); }
template <class F> struct keeper {
  explicit keeper(F f) : f(f) {}
  F f;
};
// Only hand it on, to who lets it suspend.
template <class F> void starts(F f) { weft::spawn(f, 1).detach(); }
template <class F> void forwards(F&& f) { starts(std::forward<F>(f)); }
template <class F> void keeps(F f) { weft::function<void(int)> kept = f; }
template <class F> void both(F f) { starts(f), f(1); }
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
  both(waits);
  // CHECK: [[#@LINE-1]]:8: warning: 'both' calls this
  keeper kept(waits);
  // CHECK: [[#@LINE-1]]:15: warning: 'keeper::keeper<F>' calls this
  starts(waits);
  forwards(waits);
  forwards([](int n) { wait_for(n); });
  keeps(waits);
  // These do not suspend, or are there to be driven.
  twice([](int) {});
  all.add(waits);
}
