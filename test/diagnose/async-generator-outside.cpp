// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Asking an async generator, or walking one or a channel, suspends.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

[[weft::coroutine]] weft::async_generator<int> numbers() { weft::yield(1); }

bool asks(weft::async_generator<int>& from) {
  return from.next();
  // CHECK: [[#@LINE-1]]:10: error: 'weft::async_generator<int>::next' suspends, but 'asks' is not a fiber function [weft-calls-fiber]
  // CHECK: [[#@LINE-3]]:6: note: annotate 'asks' with '{{\[\[}}weft::fiber]]'
}
int walks() {
  int sum = 0;
  for (int each : numbers())
    // CHECK: [[#@LINE-1]]:17: error: 'weft::async_generator<int>::begin' suspends, but 'walks' is not a fiber function [weft-calls-fiber]
    // CHECK: note: annotate 'walks'
    sum += each;
  return sum;
}
void drains(weft::channel<int>& from) {
  for (int each : from)
    // CHECK: [[#@LINE-1]]:17: error: 'weft::channel<int>::begin' suspends, but 'drains' is not a fiber function [weft-calls-fiber]
    // CHECK: note: annotate 'drains'
    (void)each;
}
// Of those with internal linkage the loop alone tells.
static void inferred(weft::channel<int>& from) {
  for (int each : from)
    (void)each;
}
void calls(weft::channel<int>& from) {
  inferred(from);
  // CHECK: [[#@LINE-1]]:3: error: 'inferred' suspends, but 'calls' is not a fiber function [weft-calls-fiber]
  // CHECK: note: annotate 'calls'
  // CHECK: note: or let 'weft::run' drive the call
}
// One that does not yield is no coroutine without saying so.
static weft::async_generator<int> hands_on() {
  weft::this_fiber::yield();
  // CHECK: [[#@LINE-1]]:3: error: 'weft::this_fiber::yield' suspends, but 'hands_on' is not a fiber function [weft-calls-fiber]
  // CHECK: note: annotate 'hands_on'
  return numbers();
}

// Reported last.
template <class Range> void each(Range&& range) {
  for (auto&& value : range)
    // CHECK: [[#@LINE-1]]:21: error: 'weft::channel<int>::begin' suspends in an instantiation of this template
    (void)value;
}
[[weft::fiber]] void instantiates(weft::channel<int>& from) { each(from); }
