// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fibers that run, call, pause, sleep and end.

#include "fiber_frames.h"

#include <gtest/gtest.h>

#include <ctime>
#include <memory>

using namespace fibers;
using namespace std::chrono_literals;

namespace {

class Fibers : public testing::Test {
protected:
  void SetUp() override { begin_test(); }
};

TEST_F(Fibers, RunGivesTheResult) {
  EXPECT_EQ(weft::run(depth_function(), 3, true), 3);
  EXPECT_EQ(weft::run([](int a, int b) { return a + b; }, 1, 2), 3);
  weft::run([] {});
  int x = 0;
  int& same = weft::run([&]() -> int& { return x; });
  EXPECT_EQ(&same, &x);
  auto moved = weft::run([] { return std::make_unique<int>(4); });
  EXPECT_EQ(*moved, 4);
}

TEST_F(Fibers, TakeTurnsInOrder) {
  auto a = weft::spawn(sequence('a', {log('1'), yield(), log('3'), yield()}));
  auto b = weft::spawn(sequence('b', {log('2'), yield(), log('4')}));
  EXPECT_EQ(take_events(), "");
  EXPECT_FALSE(a.done());
  weft::run(waiting([&] { return a.join(); }));
  EXPECT_TRUE(a.done());
  EXPECT_TRUE(b.done());
  EXPECT_EQ(take_events(), "1234ba");
}

TEST_F(Fibers, CallsThatPauseGoOnInTheCaller) {
  weft::run(sequence(
      'a', {call('b', {yield(), log('1'), call('c', {yield(), yield()})}),
            log('2'), call('d', {}), yield(), log('3')}));
  EXPECT_EQ(take_events(), "1cb2d3a");
}

TEST_F(Fibers, ResultsOfTasks) {
  auto a = weft::spawn(depth_function(), 5, true);
  EXPECT_EQ(weft::run(waiting([&] { return a.get(); })), 5);
  EXPECT_FALSE(a);
  auto p = weft::spawn([](std::unique_ptr<int> p) { return p; },
                       std::make_unique<int>(7));
  EXPECT_EQ(*weft::run(waiting([&] { return p.get(); })), 7);
  auto unasked =
      weft::spawn([] { return std::make_unique<std::string>("freed"); });
  weft::run(waiting([&] { return unasked.join(); }));
  auto v = weft::spawn([] { events() += 'v'; });
  weft::run(waiting([&] { return v.get(); }));
  EXPECT_EQ(take_events(), "v");
}

TEST_F(Fibers, SeveralWaitForOne) {
  auto t = weft::spawn(sequence('t', {yield(), yield()}));
  auto a = weft::spawn(
      sequence('a', {wait([&] { return t.join(); }), log('1')}));
  auto b = weft::spawn(
      sequence('b', {wait([&] { return t.join(); }), log('2')}));
  weft::run(waiting([&] { return b.join(); }));
  EXPECT_EQ(take_events(), "t1a2b");
}

struct by_reference {
  using weft_signature = void(std::string&, const std::string&, guard&);
  struct frame final : weft::fiber_frame<void> {
    std::string &a;
    const std::string& b;
    weft::slot<weft::detail::yield_awaiter> awaiter;
    frame(weft::into<void> r, std::string& a, const std::string& b, guard&)
        : weft::fiber_frame<void>(r), a(a), b(b) {}
    weft::outcome weft_run() {
      weft::activation_end<frame> weft_end(*this);
      switch (weft_enter()) {
      case 0: break;
      case 1: goto suspended_1;
      }
      awaiter.emplace_from([] { return weft::this_fiber::yield(); });
      if (weft_wait(1, awaiter.value))
        return weft_end.paused();
    suspended_1:
      weft_resumed();
      a += b;
      return weft_end.done();
    }
  };
  weft::activation* weft_begin(weft::into<void> r, std::string& a,
                               const std::string& b, guard& g) {
    return weft::begin<frame>(r, a, b, g);
  }
};

TEST_F(Fibers, ArgumentsLiveAsLongAsTheFiber) {
  std::string a = "a fairly long string that lives on the heap ";
  auto t = weft::spawn(by_reference(), std::ref(a), "and another one", 'g');
  EXPECT_EQ(take_events(), "");
  weft::run(waiting([&] { return t.join(); }));
  EXPECT_EQ(take_events(), "g");
  EXPECT_EQ(a, "a fairly long string that lives on the heap and another one");
}

TEST_F(Fibers, DeepRecursionNeedsNoNativeStack) {
  EXPECT_EQ(depth(1000000, false), 1000000);
  EXPECT_EQ(depth(1000000, true), 1000000);
  EXPECT_EQ(weft::run(depth_function(), 1000000, true), 1000000);
  auto t = weft::spawn(depth_function(), 1000000, true);
  EXPECT_EQ(weft::run(waiting([&] { return t.get(); })), 1000000);
}

TEST_F(Fibers, DrivenInsideAFiberYieldsNothing) {
  int result = 0;
  auto other = weft::spawn(sequence('o', {log('x')}));
  weft::run(sequence('a', {act([&] { result = depth(3, true); }), log('1'),
                           act([&] { result += depth(1000000, true); }),
                           act([&] { result += depth(100, false); }),
                           yield(), log('2')}));
  EXPECT_EQ(result, 1000103);
  EXPECT_EQ(take_events(), "1xo2a");
}

TEST_F(Fibers, TimersInOrder) {
  auto start = std::chrono::steady_clock::now();
  auto c = weft::spawn(sequence('c', {sleep(30ms)}));
  auto a = weft::spawn(sequence('a', {sleep(10ms)}));
  auto b = weft::spawn(sequence('b', {sleep(20ms)}));
  auto z = weft::spawn(sequence('z', {sleep(-1h)}));
  auto y = weft::spawn(sequence('y', {sleep(0ms)}));
  weft::run(waiting([&] { return c.join(); }));
  EXPECT_EQ(take_events(), "zyabc");
  auto took = std::chrono::steady_clock::now() - start;
  EXPECT_GE(took, 30ms);
  EXPECT_LT(took, 10s);
}

TEST_F(Fibers, EqualDeadlinesInTheOrderOfArming) {
  auto when = std::chrono::steady_clock::now() + 5ms;
  std::vector<weft::task<void>> tasks;
  for (char name = 'a'; name <= 'z'; ++name)
    tasks.push_back(weft::spawn(sequence(
        name,
        {wait([=] { return weft::this_fiber::sleep_until(when); })})));
  weft::run(waiting([&] { return tasks.back().join(); }));
  EXPECT_EQ(take_events(), "abcdefghijklmnopqrstuvwxyz");
}

TEST_F(Fibers, SleepUntilOfAnyClockAndLength) {
  weft::run(sequence(
      'a', {wait([] {
              return weft::this_fiber::sleep_until(
                  std::chrono::system_clock::now() + 3ms);
            }),
            wait([] {
              return weft::this_fiber::sleep_until(
                  std::chrono::system_clock::time_point::min());
            })}));
  auto years = weft::spawn(sequence('y', {sleep(24h * 365 * 1000)}));
  auto longest = weft::spawn(sequence('l', {sleep(std::chrono::hours::max())}));
  auto until = weft::spawn(sequence(
      'u', {wait([] {
        return weft::this_fiber::sleep_until(
            std::chrono::system_clock::time_point::max());
      })}));
  weft::run(sequence('b', {sleep(1ms)}));
  EXPECT_FALSE(years.done() || longest.done() || until.done());
}

TEST_F(Fibers, ManySleep) {
  std::vector<weft::task<void>> tasks;
  for (int i = 0; i < 100000; ++i)
    tasks.push_back(weft::spawn(waiting([i] {
      return weft::this_fiber::sleep_for(std::chrono::microseconds(i % 1000));
    })));
  for (auto& t : tasks)
    weft::run(waiting([&] { return t.join(); }));
}

TEST_F(Fibers, Identities) {
  EXPECT_EQ(weft::this_fiber::id(), weft::fiber_id());
  weft::fiber_id a, b;
  auto t = weft::spawn([&] { a = weft::this_fiber::id(); });
  EXPECT_NE(t.id(), weft::fiber_id());
  weft::fiber_id of_t = t.id();
  weft::run([&] { b = weft::this_fiber::id(); });
  weft::run(waiting([&] { return t.join(); }));
  EXPECT_EQ(a, of_t);
  EXPECT_NE(a, b);
}

TEST_F(Fibers, IdleBurnsNoProcessorTime) {
  std::clock_t before = std::clock();
  weft::run(sequence('a', {sleep(300ms)}));
  double used = double(std::clock() - before) / CLOCKS_PER_SEC;
  EXPECT_LT(used, 0.1);
}

TEST_F(Fibers, OrphansEndWithTheThread) {
  // Here, in a test of one thread: with the process. See fibers_threads.cpp.
  weft::spawn(sequence('a', {sleep(24h)})).detach();
  weft::run(sequence('b', {yield()}));
  EXPECT_EQ(take_events(), "b");
}

} // namespace
