// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Futures within a thread, continuations, and awaiters of the C++20 protocol.

#include "fiber_frames.h"

#include <gtest/gtest.h>

#include <memory>

using namespace fibers;

namespace {

class Awaiting : public testing::Test {
protected:
  void SetUp() override { begin_test(); }
};

TEST_F(Awaiting, FuturesWithinAThread) {
  weft::promise<std::unique_ptr<int>> p;
  auto f = p.get_future();
  std::unique_ptr<int> got;
  auto t = weft::spawn(waiting([&] { return f.get(); }));
  EXPECT_FALSE(f.ready());
  weft::run(sequence('a', {yield(), act([&] {
                             p.set_value(std::make_unique<int>(3));
                           })}));
  got = weft::run(waiting([&] { return t.get(); }));
  EXPECT_EQ(*got, 3);
  EXPECT_FALSE(f.valid());

  weft::promise<int&> r;
  int x = 0;
  r.set_value(x);
  auto fr = r.get_future();
  EXPECT_TRUE(fr.ready());
  EXPECT_EQ(&weft::run(waiting([&] { return fr.get(); })), &x);
  weft::promise<int> unused;
  weft::promise<std::string> set_only;
  set_only.set_value("a string that is long enough to be freed");
}

TEST_F(Awaiting, Continuations) {
  weft::promise<int> p;
  auto twice = p.get_future().then([](weft::future<int> f) {
    return 2 * weft::run(waiting([&] { return f.get(); }));
  });
  EXPECT_FALSE(twice.ready());
  p.set_value(4);
  EXPECT_TRUE(twice.ready());
  auto text = twice.then([](weft::future<int> f) {
    return std::to_string(weft::run(waiting([&] { return f.get(); })));
  });
  EXPECT_EQ(weft::run(waiting([&] { return text.get(); })), "8");
  bool called = false;
  weft::promise<void> q;
  auto done = q.get_future().then([&](weft::future<void>) { called = true; });
  q.set_value();
  EXPECT_TRUE(called);
  EXPECT_TRUE(done.ready());
}

weft::handle pending;

struct suspends_void {
  int value = 0;
  bool await_ready() const { return value != 0; }
  void await_suspend(weft::handle h) { pending = h; }
  int await_resume() { return std::exchange(value, 0); }
};
struct suspends_bool {
  bool stays;
  bool await_ready() const { return false; }
  bool await_suspend(weft::handle h) {
    pending = h;
    return stays;
  }
  void await_resume() {}
};

TEST_F(Awaiting, ForeignAwaiters) {
  suspends_void a;
  int got = 0;
  auto t = weft::spawn(sequence(
      'a', {get(got, [&] { return weft::await(a); }), log('1')}));
  settle();
  EXPECT_FALSE(t.done());
  a.value = 3;
  pending.resume();
  EXPECT_EQ(take_events(), "");
  settle();
  EXPECT_EQ(got, 3);
  EXPECT_EQ(take_events(), "1a");
  a.value = 4;
  EXPECT_EQ(weft::run(waiting([&] { return weft::await(a); })), 4);

  suspends_bool b{false};
  weft::run(waiting([&] { return weft::await(b); }));
  weft::run(waiting([&] { return weft::await(suspends_bool{false}); }));
  b.stays = true;
  auto u = weft::spawn(sequence('b', {wait([&] { return weft::await(b); })}));
  settle();
  u.cancel(); // not while it waits, but at the next wait
  settle();
  EXPECT_FALSE(u.done());
  pending.resume();
  settle();
  EXPECT_TRUE(u.done());
}

/// Something to hand over to: looks like a paused coroutine.
struct fake_coroutine {
  void (*resume)(void*) = [](void* at) {
    static_cast<fake_coroutine*>(at)->resumed = true;
    pending.resume();
  };
  void (*destroy)(void*) = nullptr;
  bool resumed = false;
};
struct hands_over {
  fake_coroutine& to;
  bool back;
  bool await_ready() const { return false; }
  weft::handle await_suspend(weft::handle h) {
    pending = h;
    return back ? h : weft::handle::from_address(&to);
  }
  void await_resume() {}
};

TEST_F(Awaiting, ForeignAwaitersThatHandOver) {
  fake_coroutine to;
  weft::run(waiting([&] { return weft::await(hands_over{to, true}); }));
  EXPECT_FALSE(to.resumed);
  weft::run(waiting([&] { return weft::await(hands_over{to, false}); }));
  EXPECT_TRUE(to.resumed);
}

TEST_F(Awaiting, TasksAndFutures) {
  auto t = weft::spawn(depth_function(), 4, true);
  EXPECT_EQ(weft::run(waiting([&] { return weft::await(t); })), 4);
  weft::promise<int> p;
  p.set_value(2);
  auto f = p.get_future();
  EXPECT_EQ(weft::run(waiting([&] { return weft::await(f); })), 2);
}

#if WEFT_HAS_EXCEPTIONS
TEST_F(Awaiting, ForeignAwaitersThatThrow) {
  struct awaiter {
    bool await_ready() const { return false; }
    void await_suspend(weft::handle) { throw 1; }
    void await_resume() {}
  };
  EXPECT_THROW(weft::run(waiting([] { return weft::await(awaiter()); })), int);
  struct late {
    bool await_ready() const { return false; }
    void await_suspend(weft::handle h) { h.resume(); }
    void await_resume() { throw 2; }
  };
  EXPECT_THROW(weft::run(waiting([] { return weft::await(late()); })), int);
}
#endif

} // namespace
