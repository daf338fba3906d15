// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How fibers end otherwise: exceptions, cancellation, misuse, deadlock.

#include "fiber_frames.h"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace fibers;
using namespace std::chrono_literals;

namespace {

class FiberEnds : public testing::Test {
protected:
  void SetUp() override {
    begin_test();
    GTEST_FLAG_SET(death_test_style, "threadsafe");
  }
};
using FiberEndsDeathTest = FiberEnds;

TEST_F(FiberEnds, CancelEndsAtEachKindOfWait) {
  weft::channel<int> ch;
  weft::promise<int> p;
  auto f = p.get_future();
  auto other = weft::spawn(sequence('o', {sleep(24h)}));
  int got = 0;
  std::vector<std::pair<const char*, step>> waits;
  waits.emplace_back("sleep", sleep(24h));
  waits.emplace_back("join", wait([&] { return other.join(); }));
  waits.emplace_back("get", wait([&] { return other.get(); }));
  waits.emplace_back("future", get(got, [&] { return f.get(); }));
  waits.emplace_back("future wait", wait([&] { return f.wait(); }));
  for (auto& [name, s] : waits) {
    auto t = weft::spawn(sequence('a', {call('b', {s, log('x')}), log('y')}));
    settle();
    EXPECT_FALSE(t.done()) << name;
    t.cancel();
    t.cancel();
    EXPECT_FALSE(t.done()) << name;
    settle();
    EXPECT_TRUE(t.done()) << name;
    EXPECT_EQ(take_events(), "ba") << name;
  }
  EXPECT_TRUE(f.valid());
  EXPECT_FALSE(other.done());
}

TEST_F(FiberEnds, CancelAtAYield) {
  auto t = weft::spawn(sequence('a', {log('1'), yield(), log('2')}));
  weft::run(sequence('.', {yield(), act([&] { t.cancel(); }), yield()}));
  EXPECT_EQ(take_events(), "1a.");
}

TEST_F(FiberEnds, CancelBeforeTheStartRunsNothing) {
  auto t = weft::spawn(sequence('a', {log('1')}));
  t.cancel();
  settle();
  EXPECT_TRUE(t.done());
  auto plain = weft::spawn([] { events() += '2'; });
  plain.cancel();
  settle();
  EXPECT_TRUE(plain.done());
  EXPECT_EQ(take_events(), "");
}

TEST_F(FiberEnds, CancelOfOneselfEndsAtTheNextWait) {
  weft::task<void> t;
  t = weft::spawn(sequence(
      'a', {act([&] { t.cancel(); }), log('1'), yield(), log('2')}));
  settle();
  EXPECT_TRUE(t.done());
  EXPECT_EQ(take_events(), "1a");
}

TEST_F(FiberEnds, DestroyedTaskCancels) {
  { auto t = weft::spawn(sequence('a', {sleep(24h)})); }
  {
    auto t = weft::spawn(sequence('b', {log('1'), sleep(24h), log('2')}));
    settle();
  }
  settle();
  EXPECT_EQ(take_events(), "1b");
}

TEST_F(FiberEnds, DetachedRunsOn) {
  weft::spawn(sequence('a', {yield(), log('1')})).detach();
  settle();
  EXPECT_EQ(take_events(), "1a");
}

#if WEFT_HAS_EXCEPTIONS
weft::fiber_errc code_of(const std::function<void()>& f) {
  try {
    f();
  } catch (const weft::fiber_error& e) {
    return e.code();
  }
  ADD_FAILURE() << "nothing thrown";
  return {};
}

step raise(const char* what) {
  return act([what] { throw std::runtime_error(what); });
}

TEST_F(FiberEnds, ExceptionsComeOutOfRun) {
  EXPECT_THROW(weft::run(sequence('a', {raise("x")})), std::runtime_error);
  EXPECT_THROW(weft::run(sequence('a', {yield(), raise("x")})),
               std::runtime_error);
  EXPECT_THROW(weft::run(sequence('a', {call('b', {yield(), raise("x")})})),
               std::runtime_error);
  EXPECT_THROW(weft::run([] { throw 1; }), int);
  EXPECT_EQ(take_events(), "aaba");
  EXPECT_EQ(weft::run(depth_function(), 3, true), 3);
}

TEST_F(FiberEnds, ExceptionsPassThroughFramesThatWereResumed) {
  auto caught = [](char name) {
    return [name] {
      events() += name;
      try {
        throw;
      } catch (const std::runtime_error& e) {
        events() += e.what();
      }
    };
  };
  auto rethrown = [](char name) {
    return [name] {
      events() += name;
      throw;
    };
  };
  for (bool pauses : {false, true}) {
    step pause = pauses ? yield() : act([] {});
    weft::run(sequence(
        'a',
        {attempt(call('b', {attempt(call('c', {attempt(call('d', {pause,
                                                                  raise("!")}),
                                                       rethrown('1'))}),
                                    rethrown('2')),
                            log('x')}),
                 caught('3')),
         log('4'), pause, log('5')}));
    EXPECT_EQ(take_events(), "d1c2b3!45a") << pauses;
  }
}

TEST_F(FiberEnds, ManyFramesPassAnException) {
  // Each level is resumed, and lets it through.
  std::vector<step> steps{yield(), raise("deep")};
  for (int i = 0; i < 200; ++i)
    steps = std::vector<step>{call('n', std::move(steps))};
  EXPECT_THROW(weft::run(sequence('a', steps)), std::runtime_error);
  EXPECT_EQ(take_events(), std::string(200, 'n') + "a");
}

TEST_F(FiberEnds, GetThrowsWhatEndedTheTask) {
  auto t = weft::spawn(sequence('a', {yield(), raise("!")}));
  weft::run(waiting([&] { return t.join(); }));
  EXPECT_THROW(weft::run(waiting([&] { return t.get(); })), std::runtime_error);
  EXPECT_FALSE(t);
  auto p = weft::spawn([]() -> int { throw 2; });
  EXPECT_THROW(weft::run(waiting([&] { return p.get(); })), int);
  auto c = weft::spawn(sequence('a', {yield()}));
  c.cancel();
  EXPECT_EQ(code_of([&] { weft::run(waiting([&] { return c.get(); })); }),
            weft::fiber_errc::task_cancelled);
  EXPECT_EQ(code_of([&] { weft::run(waiting([&] { return c.get(); })); }),
            weft::fiber_errc::no_task);
}

TEST_F(FiberEnds, CancelledCanBeCaught) {
  auto t = weft::spawn(sequence(
      'a', {attempt(sleep(24h), [] { events() += 'c'; }), yield(), log('1')}));
  settle();
  t.cancel();
  settle();
  EXPECT_TRUE(t.done());
  EXPECT_EQ(take_events(), "c1a");
}

TEST_F(FiberEnds, CancelledIsNoStdException) {
  auto t = weft::spawn(sequence('a', {attempt(yield(), [] {
                                        try {
                                          throw;
                                        } catch (const std::exception&) {
                                          events() += 'e';
                                        }
                                      })}));
  weft::run(sequence('.', {act([&] { t.cancel(); }), yield()}));
  take_events();
  auto u = weft::spawn(sequence('a', {attempt(sleep(24h), [] {
                                        try {
                                          throw;
                                        } catch (const std::exception&) {
                                          events() += 'e';
                                        }
                                      })}));
  settle();
  u.cancel();
  settle();
  EXPECT_EQ(take_events(), "a");
}

std::string unhandled;

TEST_F(FiberEnds, WhatNobodyAsksForIsReported) {
  auto before = weft::set_unhandled_handler(
      [](const weft::fiber_info& f, std::exception_ptr e) {
        try {
          std::rethrow_exception(e);
        } catch (const std::runtime_error& e) {
          unhandled += e.what();
        }
        unhandled += f.spawned.file ? '@' : '?';
      });
  weft::spawn(sequence('a', {raise("1")})).detach();
  settle();
  EXPECT_EQ(std::exchange(unhandled, ""), "1@");
  {
    auto t = weft::spawn(sequence('a', {raise("2")}));
    settle();
    EXPECT_EQ(unhandled, "");
  }
  EXPECT_EQ(std::exchange(unhandled, ""), "2@");
  { auto t = weft::spawn(sequence('a', {yield(), raise("3")})); settle(); }
  EXPECT_EQ(std::exchange(unhandled, ""), "3@");
  weft::set_unhandled_handler(before);
}

TEST_F(FiberEnds, AWaitInADrivenFunctionNamesBoth) {
  weft::channel<int> ch;
  auto f = [&] {
    weft::drive<std::optional<int>>("pull", [&](weft::into<std::optional<int>> r) {
      return waiting([&] { return ch.receive(); }).weft_begin(r);
    });
  };
  std::string what;
  weft::drive<void>("outer", [&](weft::into<void> r) {
    static std::vector<step> steps;
    steps = {attempt(act(f),
                     [&] {
                       try {
                         throw;
                       } catch (const weft::fiber_error& e) {
                         what = e.what();
                         EXPECT_EQ(e.code(), weft::fiber_errc::cannot_suspend);
                       }
                     }),
             yield(), log('1')};
    return weft::begin<sequence_frame>(r, 'a', steps);
  });
  EXPECT_NE(what.find("'pull'"), std::string::npos) << what;
  EXPECT_NE(what.find("'outer'"), std::string::npos) << what;
  EXPECT_EQ(take_events(), "1a");
  auto t = weft::spawn(sequence('b', {act(f)}));
  EXPECT_THROW(weft::run(waiting([&] { return t.get(); })), weft::fiber_error);
  EXPECT_THROW(weft::run(f), weft::fiber_error);
}

TEST_F(FiberEnds, ExceptionsOfDrivenFunctions) {
  weft::run(sequence(
      'a', {attempt(act([] {
              weft::run(sequence('b', {yield(), raise("!"), log('x')}));
            }),
                    [] { events() += 'c'; }),
            yield(), log('1')}));
  EXPECT_EQ(take_events(), "bc1a");
}

TEST_F(FiberEnds, PromisesThatFail) {
  weft::promise<int> p;
  auto f = p.get_future();
  EXPECT_EQ(code_of([&] { p.get_future(); }), weft::fiber_errc::no_state);
  p.set_exception(std::make_exception_ptr(std::runtime_error("!")));
  EXPECT_EQ(code_of([&] { p.set_value(1); }),
            weft::fiber_errc::promise_satisfied);
  EXPECT_THROW(weft::run(waiting([&] { return f.get(); })), std::runtime_error);
  {
    weft::promise<int> broken;
    f = broken.get_future();
  }
  EXPECT_EQ(code_of([&] { weft::run(waiting([&] { return f.get(); })); }),
            weft::fiber_errc::broken_promise);
  EXPECT_EQ(code_of([&] { weft::run(waiting([&] { return f.get(); })); }),
            weft::fiber_errc::no_state);
}
#endif

TEST_F(FiberEndsDeathTest, DeadlockIsReported) {
  weft::channel<int> ch;
  EXPECT_EXIT(
      {
        auto t = weft::spawn(waiting([&] { return ch.receive(); }));
        weft::run(waiting([&] { return t.join(); }));
      },
      testing::ExitedWithCode(weft::deadlock_exit_status),
      "deadlock(.|\n)*the end of a task(.|\n)*runs 'weft::run'(.|\n)*receive on "
      "a channel(.|\n)*spawned at .*fibers_ends.cpp");
  weft::promise<int> p;
  auto f = p.get_future();
  EXPECT_EXIT(weft::run(waiting([&] { return f.wait(); })),
              testing::ExitedWithCode(weft::deadlock_exit_status),
              "waits for a future");
  EXPECT_EXIT(
      {
        weft::set_deadlock_handler([] { std::fputs("mine\n", stderr); });
        weft::run(waiting([&] { return ch.send(1); }));
      },
      testing::ExitedWithCode(weft::deadlock_exit_status), "mine");
}

#if !WEFT_HAS_EXCEPTIONS
TEST_F(FiberEndsDeathTest, AWaitInADrivenFunctionAborts) {
  weft::channel<int> ch;
  EXPECT_DEATH(weft::run([&] {
                 weft::run(waiting([&] { return ch.receive(); }));
               }),
               "'weft::run' cannot wait");
}
#endif

} // namespace
