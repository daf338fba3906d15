// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls that end when all that they began has ended, with and without exceptions.

#include "fiber_frames.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

using namespace fibers;
using namespace std::chrono_literals;

namespace {

class Structure : public testing::Test {
protected:
  void SetUp() override { begin_test(); }
};

/// void name(weft::scope& s) { <code>(s); steps... }
struct body {
  using weft_signature = void(weft::scope&);
  std::function<void(weft::scope&)> code;
  sequence rest;
  weft::activation* weft_begin(weft::into<void> result, weft::scope& s) {
    rest.steps.insert(rest.steps.begin(), act([this, &s] { code(s); }));
    return rest.weft_begin(result);
  }
};

/// Pauses, and leaves its name when it ends.
sequence child(char name, int turns) {
  return sequence(name, std::vector<step>(static_cast<std::size_t>(turns), yield()));
}

// In a fiber that is cancelled in its kth turn, until it is not any more: each
// child ends exactly once, or never began, and before its parent.
template <class R, class Make> void cancel_everywhere(Make make) {
  bool cancelled = true;
  for (int k = 0; cancelled; ++k) {
    ASSERT_LT(k, 40);
    begin_test();
    R result{};
    bool whole = false;
    auto parent = weft::spawn(
        sequence('p', {get(result, make), act([&] { whole = true; })}));
    std::vector<step> turns(static_cast<std::size_t>(k), yield());
    weft::run(sequence('.', std::move(turns)));
    parent.cancel();
    weft::run(waiting([&] { return parent.join(); }));
    cancelled = !whole;
    std::string all = take_events();
    all.erase(std::remove(all.begin(), all.end(), '.'), all.end());
    if (k == 0) {
      EXPECT_EQ(all, "");
      continue;
    }
    EXPECT_EQ(all.back(), 'p') << k << ": " << all;
    std::sort(all.begin(), all.end());
    EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end()) << all;
  }
}

TEST_F(Structure, NothingIsLeftBehindWhereverTheParentIsCancelled) {
  using two = std::tuple<std::monostate, std::monostate>;
  cancel_everywhere<two>([] { return weft::when_all(child('a', 3), child('b', 1)); });
  cancel_everywhere<std::variant<std::monostate, std::monostate>>(
      [] { return weft::when_any(child('a', 3), child('b', 30)); });
  cancel_everywhere<bool>([] { return weft::with_timeout(1h, child('a', 3)); });
}

TEST_F(Structure, ScopesWaitForAll) {
  auto scope = [](int turns) {
    return wait([=] {
      return weft::with_scope(body{[=](weft::scope& s) {
                                     s.spawn(child('a', 4));
                                     s.spawn(child('b', 1));
                                   },
                                   child('s', turns)});
    });
  };
  weft::run(sequence('p', {scope(2), log('+')}));
  EXPECT_EQ(take_events(), "bsa+p");
  for (int k = 0; k < 8; ++k) {
    auto parent = weft::spawn(sequence('p', {scope(2), log('+'), yield()}));
    weft::run(sequence('.', std::vector<step>(static_cast<std::size_t>(k), yield())));
    parent.cancel();
    weft::run(waiting([&] { return parent.join(); }));
    std::string all = take_events();
    all.erase(all.find('.'), 1);
    if (k != 0) {
      EXPECT_EQ(all.back(), 'p') << k << ": " << all;
    }
  }
}

TEST_F(Structure, AScopeCancelsItsChildrenAndGoesOn) {
  weft::run(sequence('p', {wait([] {
                       return weft::with_scope(body{[](weft::scope& s) {
                                                      s.spawn(child('a', 100));
                                                      s.cancel(); // It never begins.
                                                      s.spawn(child('b', 1));
                                                    },
                                                    child('s', 2)});
                     })}));
  EXPECT_EQ(take_events(), "bsp");
}

TEST_F(Structure, TheFirstCancelsTheOthers) {
  std::variant<std::monostate, int> first;
  weft::run(sequence('p', {get(first, [] {
                       return weft::when_any(child('a', 100), [] { return 7; });
                     })}));
  EXPECT_EQ(std::get<1>(first), 7);
  EXPECT_EQ(take_events(), "ap");
}

TEST_F(Structure, TimeLimits) {
  bool ended = true;
  auto sleeper = [] { return sequence('a', {sleep(1h)}); };
  weft::run(sequence('p', {get(ended, [=] { return weft::with_timeout(1ms, sleeper()); })}));
  EXPECT_FALSE(ended);
  weft::run(sequence('p', {get(ended, [=] {
                       return weft::with_deadline(std::chrono::steady_clock::now() - 1s,
                                                  sleeper());
                     })}));
  EXPECT_FALSE(ended);
  weft::run(sequence('p', {get(ended, [] { return weft::with_timeout(1h, child('b', 2)); })}));
  EXPECT_TRUE(ended);
  EXPECT_EQ(take_events(), "appbp"); // The second did not begin.
}

TEST_F(Structure, ShieldedWorkComesToItsEnd) {
  auto parent = weft::spawn(sequence(
      'p', {wait([] { return weft::shield(child('a', 3)); }), log('+'), yield(), log('-')}));
  settle();
  parent.cancel();
  weft::run(waiting([&] { return parent.join(); }));
  EXPECT_EQ(take_events(), "a+p");
}

TEST_F(Structure, ValuesOfAFiberAreSeenByItsChildren) {
  weft::fiber_local<char> name('.');
  auto say = act([&] { events() += *name; });
  auto set = [&](char to) { return act([&name, to] { name.set(to); }); };
  weft::run(sequence('p', {set('p'), wait([&] {
                             return weft::shield(
                                 sequence('c', {say, set('c'), yield(), say}));
                           }),
                           say}));
  EXPECT_EQ(take_events(), "pccpp");
  weft::run(sequence('q', {say}));
  EXPECT_EQ(take_events(), ".q");
}

#if WEFT_HAS_EXCEPTIONS
TEST_F(Structure, TheFirstErrorIsThrownWhenAllHaveEnded) {
  auto fails = [](char name, int turns) {
    return sequence(name, {wait([=] { return weft::shield(child('-', turns)); }),
                           act([=] { throw name; })});
  };
  static int unhandled;
  unhandled = 0;
  auto before = weft::set_unhandled_handler(
      [](const weft::fiber_info&, std::exception_ptr) { ++unhandled; });
  char caught = 0;
  try {
    weft::run(waiting([&] {
      return weft::with_scope(body{[&](weft::scope& s) {
                                     s.spawn(child('a', 100));
                                     s.spawn(fails('x', 1));
                                     s.spawn(fails('y', 1)); // In the same turn.
                                   },
                                   child('s', 100)});
    }));
  } catch (char name) {
    caught = name;
  }
  weft::set_unhandled_handler(before);
  EXPECT_EQ(caught, 'x');
  EXPECT_EQ(unhandled, 1); // That of `y` is not lost.
  std::string all = take_events();
  std::sort(all.begin(), all.end());
  EXPECT_EQ(all, "--asxy");
}
#endif

} // namespace
