// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A coroutine that outlives what it refers to is warned about where it is called.

// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
// RUN: not %weft --check -Werror=weft-dangling-coroutine %s -- -std=c++17 -I%runtime
// RUN: %weft --check -Wno-weft-dangling-coroutine -Wno-weft-dangling-parameter %s -- -std=c++17 -I%runtime 2>&1 | count 0

#include <weft/coroutine.h>

#include <memory>
#include <string>
#include <utility>

struct tree {
  int value = 0;
  [[weft::coroutine]] weft::generator<int> walk() { weft::yield(value); }
};
[[weft::coroutine]] weft::generator<int> count(int &from) {
  for (;;)
    weft::yield(from++);
}
[[weft::coroutine]] weft::generator<char> letters(std::string &&text) {
  weft::yield(text[0]);
}

weft::generator<int> closures(int n) {
  if (n == 1)
    return [n]() -> weft::generator<int> { weft::yield(n); }();
  // CHECK: [[#@LINE-1]]:12: warning: the coroutine refers to this closure, a temporary that is gone when it is resumed [-Wweft-dangling-coroutine]
  auto held = [&n]() -> weft::generator<int> { weft::yield(n); }();
  // CHECK: [[#@LINE-1]]:15: warning: the coroutine refers to this closure
  held = [=]() -> weft::generator<int> { weft::yield(n); }();
  // CHECK: [[#@LINE-1]]:10: warning: the coroutine refers to this closure
  for (int each : [n]() -> weft::generator<int> { weft::yield(n); }())
    // CHECK: [[#@LINE-1]]:19: warning: the coroutine refers to this closure
    n += each;
  auto named = [n]() -> weft::generator<int> { weft::yield(n); };
  return named();
  // CHECK: [[#@LINE-1]]:10: warning: the coroutine refers to local variable 'named', which is gone when it is resumed
}

weft::generator<int> objects(int n) {
  auto walk = tree{n}.walk();
  // CHECK: [[#@LINE-1]]:15: warning: the coroutine refers to a temporary that is gone when it is resumed
  tree local;
  if (n == 1)
    return local.walk();
  // CHECK: [[#@LINE-1]]:12: warning: the coroutine refers to local variable 'local', which is gone
  return count(n);
  // CHECK: [[#@LINE-1]]:16: warning: the coroutine refers to local variable 'n', which is gone
}

weft::generator<char> arguments() {
  auto first = letters(std::string("text"));
  // CHECK: [[#@LINE-1]]:24: warning: the coroutine refers to a temporary that is gone
  return first;
}

template <class T> weft::generator<T> dependent(T n) {
  return [n]() -> weft::generator<T> { weft::yield(n); }();
  // CHECK: [[#@LINE-1]]:10: warning: the coroutine refers to this closure
}
template weft::generator<int> dependent(int);
template weft::generator<long> dependent(long);

// --- Without a warning ---

int consume(weft::generator<int> from);

weft::generator<int> lives(int n, tree &given, std::unique_ptr<tree> &owner) {
  [n]() -> weft::generator<int> { weft::yield(n); }().next();
  n += consume([n]() -> weft::generator<int> { weft::yield(n); }());
  auto counts = count(n);
  auto named = [n]() -> weft::generator<int> { weft::yield(n); };
  auto held = named();
  tree local;
  for (int each : local.walk())
    n += each;
  if (n == 1)
    return given.walk();
  if (n == 2)
    return owner->walk();
  if (n == 3)
    return [](int n) -> weft::generator<int> { weft::yield(n); }(n);
  static tree kept;
  return kept.walk();
}
[[weft::coroutine]] weft::generator<int> delegates(int n) {
  weft::yield_from([n]() -> weft::generator<int> { weft::yield(n); }());
  tree local;
  weft::yield_from(local.walk());
}
// Not the coroutine itself: what it does with its argument is not known.
weft::generator<int> made_from(const tree &);
weft::generator<int> calls_ordinary() { return made_from(tree{}); }
[[weft::coroutine]] weft::generator<int>
allocates(std::allocator_arg_t, const std::allocator<char> &, int n) {
  weft::yield(n);
}
weft::generator<int> with_allocator() {
  return allocates(std::allocator_arg, std::allocator<char>(), 1);
}

// Where `letters` is declared.
// CHECK: warning: reference parameter 'text' can dangle
