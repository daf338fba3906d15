// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A coroutine cannot suspend a fiber, unless it is an async generator, nor a
// fiber function yield.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/async_generator.h>
#include <weft/coroutine.h>

[[weft::fiber]] int wait_for(int n);

[[weft::fiber]] int counts() {
  weft::yield(1);
  // CHECK: [[#@LINE-1]]:3: error: 'weft::yield' can only be used inside a coroutine [weft-yield-outside]
  return wait_for(1);
}
[[weft::coroutine]] weft::generator<int> numbers() {
  weft::yield(wait_for(2));
  // CHECK: [[#@LINE-1]]:15: error: 'wait_for' suspends a fiber, which a coroutine cannot do [weft-coroutine-calls-fiber]
  // CHECK: [[#@LINE-3]]:42: note: a coroutine that returns 'weft::async_generator' can
}
[[weft::coroutine]] weft::coroutine<int, int> exchange() {
  weft::yield<int>(wait_for(3));
  // CHECK: [[#@LINE-1]]:20: error: 'wait_for' suspends a fiber, which a coroutine cannot do [weft-coroutine-calls-fiber]
  // CHECK-NOT: note:
}
[[weft::coroutine]] weft::async_generator<int> waits() {
  weft::yield(wait_for(4));
}
[[weft::coroutine]] weft::generator<int> asks(weft::async_generator<int> from) {
  while (from.next())
    // CHECK: [[#@LINE-1]]:10: error: 'weft::async_generator<int>::next' suspends a fiber, which a coroutine cannot do [weft-coroutine-calls-fiber]
    // CHECK: [[#@LINE-3]]:42: note: a coroutine that returns
    weft::yield(from.value());
}
