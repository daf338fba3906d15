// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function is a coroutine of one kind.

// RUN: not %weft --check %s -- -std=c++20 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

#include <coroutine>
template <> struct std::coroutine_traits<weft::generator<int>> {
  struct promise_type {
    weft::generator<int> get_return_object();
    std::suspend_never initial_suspend();
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
[[weft::coroutine]] weft::generator<int> mixed() {
// CHECK: [[#@LINE-1]]:42: error: a function that Weft transforms cannot be a C++20 coroutine too [weft-native-coroutine]
  weft::yield(1);
  co_await std::suspend_never();
}
