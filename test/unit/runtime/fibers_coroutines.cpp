// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fibers and C++20 coroutines wait for each other.

#include "fiber_frames.h"

#if WEFT_HAS_COROUTINES

#include <gtest/gtest.h>

#include <coroutine>

using namespace fibers;

namespace {

/// Starts at once, keeps its result until somebody looks.
struct detached_coroutine {
  struct promise_type {
    detached_coroutine get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

detached_coroutine use(weft::task<int>& t, int& out) {
  out = co_await t;
  events() += 'u';
}

TEST(FiberCoroutines, WaitForTasks) {
  begin_test();
  int got = 0;
  auto t = weft::spawn(depth_function(), 3, true);
  use(t, got);
  EXPECT_EQ(got, 0);
  weft::run(sequence('a', {yield(), yield(), yield(), log('1')}));
  settle();
  weft::run(sequence('a', {wait([] {
                       return weft::this_fiber::sleep_for(
                           std::chrono::milliseconds(1));
                     })}));
  EXPECT_EQ(got, 3);
  EXPECT_FALSE(t);
  auto ended = weft::spawn(depth_function(), 5, false);
  weft::run(waiting([&] { return ended.join(); }));
  use(ended, got);
  EXPECT_EQ(got, 5);
}

struct member {
  struct awaiter {
    int& from;
    bool await_ready() const { return false; }
    bool await_suspend(std::coroutine_handle<>) { return false; }
    int await_resume() { return from; }
  };
  int value;
  awaiter operator co_await() { return {value}; }
};
struct with_free {
  int value;
};
member::awaiter operator co_await(with_free& f) { return {f.value}; }
member::awaiter operator co_await(with_free&& f) { return {f.value}; }

TEST(FiberCoroutines, AwaitableByOperators) {
  member m{3};
  with_free f{4};
  EXPECT_EQ(weft::run(waiting([&] { return weft::await(m); })), 3);
  EXPECT_EQ(weft::run(waiting([&] { return weft::await(f); })), 4);
  EXPECT_EQ(weft::run(waiting([] { return weft::await(member{5}); })), 5);
  EXPECT_EQ(weft::run(waiting([] { return weft::await(with_free{6}); })), 6);
}

/// A lazy coroutine: awaiting hands over to it, its end hands back.
struct lazy {
  struct promise_type {
    std::coroutine_handle<> waiter;
    int value = 0;
    lazy get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() { return {}; }
    struct final_awaiter {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> h) noexcept {
        return h.promise().waiter;
      }
      void await_resume() noexcept {}
    };
    final_awaiter final_suspend() noexcept { return {}; }
    void return_value(int v) { value = v; }
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> h;
  bool await_ready() { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> w) {
    h.promise().waiter = w;
    return h;
  }
  int await_resume() {
    int v = h.promise().value;
    h.destroy();
    return v;
  }
};
lazy twice(int n) { co_return 2 * n; }

TEST(FiberCoroutines, AreAwaited) {
  lazy l = twice(4);
  EXPECT_EQ(weft::run(waiting([&] { return weft::await(l); })), 8);
}

} // namespace

#endif
