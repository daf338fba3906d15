// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Chains of coroutines that delegate: what passes through them, in which order
// they end, and that depth costs neither time nor stack.

#include "frames.h"

#include <gtest/gtest.h>

#include <vector>

using namespace frames;
using weft::coroutine_errc;
using weft::generator;

namespace {

std::vector<int> rest(generator<int>& g) {
  std::vector<int> values;
  while (g.next())
    values.push_back(g.value());
  return values;
}
std::vector<int> all(generator<int> g) { return rest(g); }
using ints = std::vector<int>;

class Delegation : public testing::Test {
protected:
  void SetUp() override { take_events(); }
};

TEST_F(Delegation, PassesValues) {
  EXPECT_EQ(all(delegate([] { return count(1, 3); })), (ints{1, 2, -1}));
  EXPECT_EQ(take_events(), "go");
  EXPECT_EQ(all(delegate([] { return delegate([] { return count(1, 3); }); })),
            (ints{1, 2, -1, -1}));
  EXPECT_EQ(take_events(), "goo");
}

TEST_F(Delegation, ToAnEmptyOrEndedOne) {
  EXPECT_EQ(all(delegate([] { return count(0, 0); })), (ints{-1}));
  EXPECT_EQ(all(delegate([] { return generator<int>(); })), (ints{-1}));
  auto ended = count(0, 0);
  ended.next();
  EXPECT_EQ(all(borrow(ended)), ints());
}

TEST_F(Delegation, ToOneThatHasStarted) {
  EXPECT_EQ(all(delegate([] {
              auto inner = count(1, 4);
              inner.next();
              return inner;
            })),
            (ints{2, 3, -1}));
}

TEST_F(Delegation, ToOneThatDelegatesAlready) {
  auto make = [] {
    auto inner = delegate([] { return delegate([] { return count(1, 4); }); });
    inner.next();
    return inner;
  };
  EXPECT_EQ(all(delegate(make)), (ints{2, 3, -1, -1, -1}));
  take_events();
  {
    auto g = delegate(make);
    g.next();
    EXPECT_EQ(g.value(), 2);
  }
  EXPECT_EQ(take_events(), "gooo"); // innermost first
}

TEST_F(Delegation, CloseEndsTheInnermostFirst) {
  auto g = delegate([] { return delegate([] { return count(1, 4); }); });
  g.next();
  g.close();
  EXPECT_EQ(take_events(), "goo");
  EXPECT_TRUE(g.done());
}

TEST_F(Delegation, ABorrowedInnerSurvives) {
  auto inner = delegate([] { return count(1, 5); });
  {
    auto outer = borrow(inner);
    outer.next();
    EXPECT_EQ(outer.value(), 1);
  }
  EXPECT_EQ(take_events(), "");
  EXPECT_TRUE(inner.next());
  EXPECT_EQ(inner.value(), 2);
  {
    auto middle = borrow(inner); // two levels of borrowing
    {
      auto outer = borrow(middle);
      outer.next();
      EXPECT_EQ(outer.value(), 3);
    }
    EXPECT_TRUE(middle.next());
    EXPECT_EQ(middle.value(), 4);
  }
  EXPECT_EQ(rest(inner), (ints{-1}));
  EXPECT_EQ(take_events(), "go");
}

TEST_F(Delegation, ABorrowedInnerBelowAnOwnedOne) {
  auto inner = count(1, 5);
  auto outer = delegate([&] { return delegate([&] { return borrow(inner); }); });
  outer.next();
  outer.close();
  EXPECT_EQ(take_events(), "oo");
  EXPECT_EQ(rest(inner), (ints{2, 3, 4}));
}

TEST_F(Delegation, SendsReachTheInnermostAndResultsComeBack) {
  auto inner = add();
  auto middle = borrow(inner);
  auto outer = borrow(middle);
  EXPECT_TRUE(outer.next());
  EXPECT_TRUE(outer.send("abc"));
  EXPECT_EQ(outer.value(), 3);
  EXPECT_FALSE(outer.send(""));
  EXPECT_EQ(outer.result(), 3);
  EXPECT_EQ(inner.result(), 3);
}

TEST_F(Delegation, FrameInPlaceAsInner) {
  // The tool may keep the inner coroutine's frame inside the outer one.
  weft::in_place<counter> inner{weft::in_frame<counter>(), 1, 3};
  weft::in_place<borrower<weft::in_place<counter>>> outer{
      weft::in_frame<borrower<weft::in_place<counter>>>(), inner};
  EXPECT_TRUE(outer.next());
  EXPECT_EQ(outer.value(), 1);
  EXPECT_TRUE(outer.next());
  EXPECT_FALSE(outer.next());
  EXPECT_TRUE(inner.done());
}

TEST_F(Delegation, FrameInPlaceAsRoot) {
  using in_place = weft::in_place<delegator<>>;
  in_place outer{weft::in_frame<delegator<>>(),
                 std::function<generator<int>()>([] { return count(1, 3); })};
  EXPECT_TRUE(outer.next());
  EXPECT_TRUE(outer.next());
  EXPECT_EQ(outer.value(), 2);
  outer.close();
  EXPECT_EQ(take_events(), "go");
  EXPECT_TRUE(outer.done());
  outer.close();
}

TEST_F(Delegation, DepthCostsNoStack) {
  constexpr int depth = 100000;
  auto deep = [](int levels) {
    std::function<generator<int>()> make = [] { return count(1, 3); };
    struct nest {
      std::function<generator<int>()>* leaf;
      int levels;
      generator<int> operator()() const {
        return levels ? delegate(nest{leaf, levels - 1}) : (*leaf)();
      }
    };
    static std::function<generator<int>()> leaf;
    leaf = make;
    return delegate(nest{&leaf, levels});
  };
  auto g = deep(depth);
  EXPECT_TRUE(g.next());
  EXPECT_TRUE(g.next());
  EXPECT_EQ(g.value(), 2);
  EXPECT_EQ(rest(g), ints(depth + 1, -1));
  auto closed = deep(depth);
  closed.next();
  take_events();
  closed.close();
  EXPECT_EQ(take_events(), 'g' + std::string(depth + 1, 'o'));
#if WEFT_HAS_EXCEPTIONS
  auto raised = deep(1000); // Rethrown a thousand times.
  raised.next();
  EXPECT_THROW(raised.raise(std::make_exception_ptr(1)), int);
  EXPECT_EQ(take_events(), 'g' + std::string(1001, 'o'));
#endif
}

TEST_F(Delegation, DestroyingABorrowedInnerAborts) {
  EXPECT_DEATH(
      {
        auto inner = count(1, 5);
        auto outer = borrow(inner);
        outer.next();
        auto taken = std::move(inner);
      },
      "weft: coroutine destroyed while another delegates to it");
}

#if WEFT_HAS_EXCEPTIONS

template <class F> int error_of(F&& operation) {
  try {
    operation();
  } catch (const weft::coroutine_error& error) {
    return static_cast<int>(error.code());
  }
  return -1;
}
int code(coroutine_errc errc) { return static_cast<int>(errc); }

TEST_F(Delegation, RaiseReachesTheInnermost) {
  auto g = delegate([] { return delegate([] { return count(1, 4); }); });
  g.next();
  EXPECT_THROW(g.raise(std::make_exception_ptr(1)), int);
  EXPECT_EQ(take_events(), "goo");
  EXPECT_TRUE(g.done());
}

// try { weft::yield_from(inner); } catch (int) { weft::yield(-2); }
struct catcher final : weft::weft_coroutine_frame<int, void, void> {
  generator<int> inner;
  static constexpr bool weft_can_delegate = true;

  explicit catcher(generator<int> inner) : inner(std::move(inner)) {}
  void weft_run() {
    const weft::ender<catcher> weft_end(*this);
    const std::uint16_t at = weft_enter();
    if (at == 2)
      goto suspended_2;
    try {
      if (at == 0 && weft_delegate(1, inner, false))
        return;
      weft_resumed();
      return weft_finish();
    } catch (int) {
    }
    return weft_yield(2, -2);
  suspended_2:
    weft_resumed();
    weft_finish();
  }
};
generator<int> catching(generator<int> inner) {
  return {weft::in_frame<catcher>(), std::move(inner)};
}

TEST_F(Delegation, AnOuterHandlerCatches) {
  auto g = delegate([] { return catching(delegate([] { return count(1, 4); })); });
  g.next();
  EXPECT_TRUE(g.raise(std::make_exception_ptr(1)));
  EXPECT_EQ(take_events(), "go");
  EXPECT_EQ(g.value(), -2);
  EXPECT_EQ(rest(g), (ints{-1}));
}

TEST_F(Delegation, AnInnerExceptionPassesThrough) {
  int outcome = 1;
  auto c = call([&outcome]() -> int { return outcome ? outcome-- : throw 'x'; });
  auto outer = borrow(c);
  EXPECT_TRUE(outer.next());
  EXPECT_THROW(outer.next(), char);
  EXPECT_TRUE(outer.done());
  EXPECT_TRUE(c.done());
  EXPECT_EQ(error_of([&] { outer.result(); }), code(coroutine_errc::no_result));
}

TEST_F(Delegation, MisuseOfOneThatWorksForAnother) {
  auto inner = count(1, 5);
  auto outer = borrow(inner);
  outer.next();
  const int delegated = code(coroutine_errc::delegated);
  EXPECT_EQ(error_of([&] { inner.next(); }), delegated);
  EXPECT_EQ(error_of([&] { inner.close(); }), delegated);
  EXPECT_EQ(error_of([&] { inner.raise(std::make_exception_ptr(1)); }), delegated);
  EXPECT_EQ(error_of([&] { inner.value(); }), code(coroutine_errc::no_value));
  auto second = borrow(inner);
  EXPECT_EQ(error_of([&] { second.next(); }), delegated);
  EXPECT_TRUE(second.done()); // The error left its body.
  EXPECT_FALSE(inner.done());
  EXPECT_EQ(outer.value(), 1);
  EXPECT_EQ(rest(outer), (ints{2, 3, 4}));
}

TEST_F(Delegation, MisuseFromInsideAChain) {
  calls* root = nullptr;
  std::string seen;
  const int running = code(coroutine_errc::running);
  auto inner = call([&, first = true]() mutable {
    if (std::exchange(first, false))
      return 1;
    EXPECT_EQ(error_of([&] { root->next(); }), running);
    EXPECT_EQ(error_of([&] { root->close(); }), running);
    EXPECT_EQ(error_of([&] { root->value(); }), code(coroutine_errc::no_value));
    return -1;
  });
  auto outer = borrow(inner);
  root = &outer;
  EXPECT_TRUE(outer.next());
  EXPECT_FALSE(outer.next());
  EXPECT_EQ(outer.result(), "a result that needs the heap");
}

TEST_F(Delegation, ToOneThatAwaitsAValue) {
  auto inner = add();
  inner.next();
  auto outer = borrow(inner);
  EXPECT_EQ(error_of([&] { outer.next(); }), code(coroutine_errc::value_awaited));
  EXPECT_TRUE(inner.send("ab"));
  EXPECT_EQ(inner.value(), 2);
}

#endif

} // namespace
