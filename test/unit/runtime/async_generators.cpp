// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Async generators by themselves: values, pauses in between, ends, misuse.

#include "fiber_frames.h"

#include <weft/async_generator.h>

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <type_traits>

using namespace fibers;
using namespace std::chrono_literals;
using weft::coroutine_errc;

namespace {

// { guard g(name); for (int i = 0; i < count; ++i) { before(i); weft::yield(i); } }
struct numbers_frame final : weft::weft_async_frame<int> {
  char name;
  int count, i = 0;
  std::function<weft::activation*(int)> before;
  weft::slot<guard> g;
  unsigned char weft_alive = 0;

  numbers_frame(char name, int count, std::function<weft::activation*(int)> before)
      : name(name), count(count), before(std::move(before)) {}
  void weft_unwind(unsigned level) {
    if (weft_alive > level) {
      weft_alive = 0;
      g.destroy();
    }
  }
  weft::outcome weft_run() {
    weft::activation_end<numbers_frame> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    case 2: goto suspended_2;
    }
    ::new (g.storage()) guard(name);
    weft_alive = 1;
    for (i = 0; i < count; ++i) {
      if (weft_call(1, before(i)))
        return weft_end.paused();
    suspended_1:
      weft_resumed();
      weft_yield(2, i);
      return weft_end.done();
    suspended_2:
      weft_resumed();
    }
    weft_unwind(0);
    return weft_end.ended();
  }
};
using numbers = weft::async_generator<int>;

numbers count(char name, int to, std::function<weft::activation*(int)> before) {
  return {weft::in_frame<numbers_frame>(), name, to, std::move(before)};
}
weft::activation* nothing(int) { return nullptr; }
weft::activation* pause(int) { return yield()(); }

/// `(log what next() says; value)`, in a fiber function.
template <class G> step next(G& of) {
  return [&of]() -> weft::activation* {
    struct frame final : weft::fiber_frame<void> {
      G& of;
      decltype(std::declval<G&>().next()) awaiter;
      explicit frame(G& of) : weft::fiber_frame<void>({}), of(of), awaiter(of.next()) {}
      weft::outcome weft_run() {
        weft::activation_end<frame> weft_end(*this);
        switch (weft_enter()) {
        case 0: break;
        case 1: goto suspended_1;
        }
        if (weft_wait(1, awaiter))
          return weft_end.paused();
      suspended_1:
        weft_resumed();
        events() += awaiter.await_resume() ? std::to_string(of.value()) : ".";
        return weft_end.done();
      }
    };
    return weft::begin<frame>(of);
  };
}
// for (int& each : of) log(each);
template <class G> step walk(G& of) {
  return [&of]() -> weft::activation* {
    struct frame final : weft::fiber_frame<void> {
      G& of;
      weft::slot<weft::async_iterator<int>> at;
      weft::slot<decltype(std::declval<G&>().begin())> first;
      weft::slot<decltype(++std::declval<weft::async_iterator<int>&>())> step;
      explicit frame(G& of) : weft::fiber_frame<void>({}), of(of) {}
      weft::outcome weft_run() {
        weft::activation_end<frame> weft_end(*this);
        switch (weft_enter()) {
        case 0: break;
        case 1: goto suspended_1;
        case 2: goto suspended_2;
        }
        first.emplace_from([&] { return of.begin(); });
        if (weft_wait(1, first.value))
          return weft_end.paused();
      suspended_1:
        weft_resumed();
        at.emplace_from([&] { return first.value.await_resume(); });
        for (; at.value != of.end();) {
          events() += std::to_string(*at.value);
          step.emplace_from([&] { return ++at.value; });
          if (weft_wait(2, step.value))
            return weft_end.paused();
        suspended_2:
          weft_resumed();
          step.value.await_resume();
        }
        return weft_end.done();
      }
    };
    return weft::begin<frame>(of);
  };
}

struct single {
  using weft_signature = void();
  step of;
  weft::activation* weft_begin(weft::into<void>) { return of(); }
};
/// The step alone, driven.
void run(step of) { weft::run(single{std::move(of)}); }

class AsyncGenerators : public testing::Test {
protected:
  void SetUp() override {
    begin_test();
    GTEST_FLAG_SET(death_test_style, "threadsafe");
  }
};
using AsyncGeneratorsDeathTest = AsyncGenerators;

TEST_F(AsyncGenerators, HandOutValuesWithAndWithoutPauses) {
  for (auto before : {nothing, pause}) {
    numbers g = count('g', 2, before);
    weft::run(sequence('a', {next(g), log('-'), next(g), log('-'), next(g)}));
    EXPECT_EQ(take_events(), "0-1-g.a");
    EXPECT_TRUE(g.done());
  }
}

TEST_F(AsyncGenerators, OtherFibersRunWhileTheBodyWaits) {
  numbers g = count('g', 2, pause);
  auto other = weft::spawn(sequence('b', {log('x'), yield(), log('y'), yield(), log('z')}));
  weft::run(sequence('a', {next(g), next(g), next(g)}));
  EXPECT_EQ(take_events(), "x0y1g.a");
  settle();
  EXPECT_EQ(take_events(), "zb");
}

TEST_F(AsyncGenerators, AreWalked) {
  for (auto before : {nothing, pause}) {
    numbers g = count('g', 3, before);
    weft::run(sequence('a', {walk(g), log('|'), walk(g)}));
    EXPECT_EQ(take_events(), "012g|a");
    numbers rest = count('g', 3, before);
    weft::run(sequence('a', {next(rest), log('|'), walk(rest)}));
    EXPECT_EQ(take_events(), "0|12ga");
    numbers none;
    weft::run(sequence('a', {walk(none)}));
    EXPECT_EQ(take_events(), "a");
  }
}

TEST_F(AsyncGenerators, OfOneAnotherResumeTheInnermost) {
  // Each asks the next; the innermost pauses.
  const int depth = 200;
  std::vector<numbers> chain(depth);
  chain[0] = count('g', 2, pause);
  for (int i = 1; i < depth; ++i)
    chain[i] = count('g', 2, [&chain, i](int) { return next(chain[i - 1])(); });
  weft::run(sequence('a', {next(chain.back()), log('-'), next(chain.back())}));
  EXPECT_EQ(take_events(),
            std::string(depth, '0') + "-" + std::string(depth, '1') + "a");
  chain.clear();
  EXPECT_EQ(take_events(), std::string(depth, 'g'));
}

TEST_F(AsyncGenerators, OfOneAnotherLeaveTheNativeStack) {
  const int depth = 20000;
  for (auto before : {nothing, pause}) {
    std::vector<numbers> chain(depth);
    chain[0] = count('g', 1, before);
    for (int i = 1; i < depth; ++i)
      chain[i] = count('g', 1, [&chain, i](int) { return next(chain[i - 1])(); });
    weft::run(sequence('a', {next(chain.back())}));
    EXPECT_EQ(take_events(), std::string(depth, '0') + "a");
    while (!chain.empty())
      chain.pop_back();
    take_events();
  }
}

TEST_F(AsyncGenerators, DestroyWhatIsAliveAtTheYield) {
  {
    numbers unstarted = count('u', 1, nothing);
    numbers started = count('s', 1, pause);
    weft::run(sequence('a', {next(started)}));
    EXPECT_EQ(take_events(), "0a");
  }
  EXPECT_EQ(take_events(), "s");
  numbers g = count('g', 1, nothing);
  weft::run(sequence('a', {next(g)}));
  g.close();
  EXPECT_TRUE(g.done());
  g.close();
  EXPECT_EQ(take_events(), "0ag");
}

TEST_F(AsyncGenerators, AreMovedWhilePausedAndInUse) {
  numbers g = count('g', 2, pause);
  auto t = weft::spawn(waiting([&] { return g.next(); }));
  run(yield());
  numbers moved = std::move(g);
  EXPECT_TRUE(g.done()); // NOLINT: what the test is about
  EXPECT_TRUE(weft::run(waiting([&] { return t.get(); })));
  EXPECT_EQ(moved.value(), 0);
  numbers other = count('o', 2, nothing);
  weft::run(sequence('a', {next(other)}));
  moved = std::move(other);
  EXPECT_EQ(take_events(), "0ag"); // The one that it held has ended.
  weft::run(sequence('a', {next(moved)}));
  EXPECT_EQ(take_events(), "1a");
  static_assert(!std::is_copy_constructible_v<numbers>);
}

TEST_F(AsyncGenerators, ServeOneFiberAfterTheOther) {
  numbers g = count('g', 3, pause);
  weft::run(sequence('a', {next(g)}));
  auto b = weft::spawn(sequence('b', {next(g)}));
  settle();
  auto c = weft::spawn(sequence('c', {next(g), next(g)}));
  settle();
  EXPECT_EQ(take_events(), "0a1b2g.c");
}

TEST_F(AsyncGenerators, CancelUnwindsTheBodyAndTheFiber) {
  numbers g = count('g', 2, [](int i) { return i == 0 ? nullptr : sleep(24h)(); });
  auto t = weft::spawn(sequence('a', {next(g), next(g), log('x')}));
  settle();
  t.cancel();
  settle();
  EXPECT_TRUE(t.done());
  EXPECT_TRUE(g.done());
  EXPECT_EQ(take_events(), "0ga");
}

TEST_F(AsyncGenerators, EndWithTheirFiberInDriversOfAnyKind) {
  // The generator is the fiber's own.
  auto own = std::make_shared<numbers>(count('g', 1, [](int) { return sleep(24h)(); }));
  auto t = weft::spawn(sequence('a', {next(*own)}));
  settle();
  t.cancel();
  settle();
  own.reset();
  EXPECT_EQ(take_events(), "ga");
}

TEST_F(AsyncGenerators, InPlace) {
  {
    weft::in_place<numbers_frame> g{weft::in_frame<numbers_frame>(), 'g', 2, pause};
    weft::run(sequence('a', {next(g)}));
    EXPECT_EQ(g.value(), 0);
    EXPECT_FALSE(g.done());
  }
  EXPECT_EQ(take_events(), "0ag");
  weft::in_place<numbers_frame> walked{weft::in_frame<numbers_frame>(), 'g', 3, pause};
  weft::run(sequence('a', {walk(walked)}));
  EXPECT_TRUE(walked.done());
  walked.close();
  EXPECT_EQ(take_events(), "012ga");
  weft::in_place<numbers_frame> closed{weft::in_frame<numbers_frame>(), 'g', 3, pause};
  weft::run(sequence('a', {next(closed)}));
  closed.close();
  EXPECT_TRUE(closed.done());
  EXPECT_EQ(take_events(), "0ag");
}

template <class T> struct counting_allocator {
  using value_type = T;
  int* balance;
  explicit counting_allocator(int& balance) : balance(&balance) {}
  template <class U>
  counting_allocator(const counting_allocator<U>& from) : balance(from.balance) {}
  T* allocate(std::size_t n) {
    ++*balance;
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T* at, std::size_t n) {
    --*balance;
    std::allocator<T>().deallocate(at, n);
  }
};

TEST_F(AsyncGenerators, AreKeptWhereTheirStorageSays) {
  {
    weft::async_generator<int, weft::inline_frame<256>> g{
        weft::in_frame<numbers_frame>(), 'g', 2, pause};
    weft::run(sequence('a', {next(g)}));
  }
  EXPECT_EQ(take_events(), "0ag");
  int balance = 0;
  {
    numbers g{weft::in_frame<numbers_frame>(), std::allocator_arg,
              counting_allocator<char>(balance), 'g', 2, pause};
    EXPECT_EQ(balance, 1);
    weft::run(sequence('a', {next(g)}));
  }
  EXPECT_EQ(balance, 0);
  EXPECT_EQ(take_events(), "0ag");
}

// { weft::yield(); }
struct ticks_frame final : weft::weft_async_frame<void> {
  weft::outcome weft_run() {
    weft::activation_end<ticks_frame> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    }
    weft_yield(1);
    return weft_end.done();
  suspended_1:
    weft_resumed();
    return weft_end.ended();
  }
};
TEST_F(AsyncGenerators, MayYieldNothing) {
  weft::async_generator<void> g{weft::in_frame<ticks_frame>()};
  EXPECT_TRUE(weft::run(waiting([&] { return g.next(); })));
  EXPECT_FALSE(weft::run(waiting([&] { return g.next(); })));
}

TEST_F(AsyncGeneratorsDeathTest, DestroyedWhileAwaited) {
  EXPECT_DEATH(
      {
        auto g = std::make_unique<numbers>(count('g', 1, [](int) { return sleep(24h)(); }));
        auto t = weft::spawn(sequence('a', {next(*g)}));
        settle();
        g.reset();
      },
      "weft: async generator destroyed while its next value is being waited for");
}

#if WEFT_HAS_EXCEPTIONS
coroutine_errc code_of(const std::function<void()>& f) {
  try {
    f();
  } catch (const weft::coroutine_error& e) {
    return e.code();
  }
  ADD_FAILURE() << "nothing thrown";
  return {};
}

TEST_F(AsyncGenerators, MisuseLeavesThemAsTheyWere) {
  numbers g = count('g', 1, [](int) { return yield()(); });
  EXPECT_EQ(code_of([&] { g.value(); }), coroutine_errc::no_value);
  auto first = weft::spawn(sequence('a', {next(g)}));
  weft::run(sequence('.', {yield(), attempt(next(g), [] {
                             events() += 'c';
                             EXPECT_EQ(code_of([] { throw; }), coroutine_errc::awaited);
                           })}));
  EXPECT_EQ(take_events(), "c.");
  numbers slow = count('s', 1, [](int) { return sleep(24h)(); });
  auto second = weft::spawn(sequence('a', {next(slow)}));
  settle();
  EXPECT_EQ(take_events(), "0a");
  EXPECT_EQ(code_of([&] { slow.close(); }), coroutine_errc::awaited);
  EXPECT_EQ(code_of([&] { slow.value(); }), coroutine_errc::no_value);
  EXPECT_EQ(code_of([&] { run(walk(slow)); }), coroutine_errc::awaited);
  EXPECT_FALSE(slow.done());
  second.cancel();
  settle();
  EXPECT_TRUE(slow.done());
  EXPECT_EQ(code_of([&] { run(next(slow)); }), coroutine_errc::ended);
  EXPECT_EQ(code_of([&] { slow.value(); }), coroutine_errc::no_value);
  run(next(g));
  EXPECT_EQ(code_of([&] { run(next(g)); }), coroutine_errc::ended);
  numbers none;
  EXPECT_EQ(code_of([&] { run(next(none)); }), coroutine_errc::ended);
  EXPECT_EQ(weft::coroutine_error(coroutine_errc::awaited).what(),
            std::string("the next value of this async generator is being waited for already"));
  numbers self;
  self = count('g', 1, [&](int) { return next(self)(); });
  EXPECT_EQ(code_of([&] { run(next(self)); }), coroutine_errc::awaited);
  EXPECT_TRUE(self.done()); // It let the error pass.
}

TEST_F(AsyncGenerators, ExceptionsEndThemAndComeOutOfNext) {
  for (bool pauses : {false, true}) {
    step fails = act([] { throw std::runtime_error("!"); });
    if (pauses)
      fails = call('c', {yield(), fails});
    numbers g = count('g', 2, [&](int i) { return i == 0 ? nullptr : fails(); });
    weft::run(sequence('a', {next(g), attempt(next(g), [] {
                               EXPECT_THROW(throw, std::runtime_error);
                               events() += '!';
                             })}));
    EXPECT_EQ(take_events(), pauses ? "0cg!a" : "0g!a");
    EXPECT_TRUE(g.done());
  }
}

TEST_F(AsyncGenerators, RaiseThrowsAtTheYield) {
  for (auto before : {nothing, pause}) {
    numbers g = count('g', 2, before);
    weft::run(sequence('a', {next(g)}));
    EXPECT_THROW(weft::run(waiting([&] {
                   return g.raise(std::make_exception_ptr(std::runtime_error("!")));
                 })),
                 std::runtime_error);
    EXPECT_TRUE(g.done());
    EXPECT_EQ(take_events(), "0ag");
    numbers unstarted = count('g', 2, before);
    EXPECT_THROW(weft::run(waiting([&] {
                   return unstarted.raise(std::make_exception_ptr(std::runtime_error("!")));
                 })),
                 std::runtime_error);
    EXPECT_TRUE(unstarted.done());
    EXPECT_EQ(take_events(), "");
  }
}

TEST_F(AsyncGenerators, ADrivenBodyCannotWait) {
  numbers g = count('g', 1, nothing), slow = count('s', 1, [](int) { return sleep(1ms)(); });
  weft::run(sequence('a', {act([&] { run(next(g)); }), attempt(act([&] { run(next(slow)); }), [] {
                             EXPECT_THROW(throw, weft::fiber_error);
                             events() += 'c';
                           })}));
  EXPECT_EQ(take_events(), "0sca");
}
#endif

} // namespace
