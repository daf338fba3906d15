// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What each operation does in each state, and what it leaves behind.

#include "frames.h"

#include <gtest/gtest.h>

#include <memory>
#include <type_traits>

using namespace frames;
using weft::coroutine_errc;

namespace {

class Operations : public testing::Test {
protected:
  void SetUp() override { take_events(); }
};

TEST_F(Operations, StartAtTheFirstNext) {
  int runs = 0;
  auto c = call([&runs] { return runs++ ? -1 : 7; });
  EXPECT_EQ(runs, 0);
  EXPECT_FALSE(c.done());
  EXPECT_TRUE(c.next());
  EXPECT_EQ(c.value(), 7);
  EXPECT_FALSE(c.next());
  EXPECT_TRUE(c.done());
  EXPECT_EQ(c.result(), "a result that needs the heap");
}

TEST_F(Operations, SendPassesRvaluesByMoveAndLvaluesByCopy) {
  auto c = add();
  EXPECT_TRUE(c.next());
  std::string kept = "a string too long for its own buffer";
  const int length = static_cast<int>(kept.size());
  EXPECT_TRUE(c.send(kept));
  EXPECT_EQ(static_cast<int>(kept.size()), length);
  EXPECT_TRUE(c.send(std::move(kept)));
  EXPECT_TRUE(kept.empty()); // NOLINT: what the test is about
  EXPECT_EQ(c.value(), 2 * length);
  EXPECT_TRUE(c.send("converted"));
  EXPECT_TRUE(c.send({'a', 'b'}));
  EXPECT_EQ(c.value(), 2 * length + 11);
  EXPECT_FALSE(c.send(""));
  EXPECT_EQ(c.result(), 2 * length + 11);
}

TEST_F(Operations, CloseDestroysWhatIsAliveOnce) {
  auto c = count(0, 3);
  c.next();
  c.close();
  EXPECT_EQ(take_events(), "g");
  EXPECT_TRUE(c.done());
  c.close();
  EXPECT_EQ(take_events(), "");
}

TEST_F(Operations, CloseBeforeTheStartDestroysParameters) {
  auto c = call([] { return 0; });
  c.close();
  EXPECT_EQ(take_events(), "p");
  EXPECT_TRUE(c.done());
}

TEST_F(Operations, CloseKeepsAnEarlierResult) {
  auto c = call([] { return -1; });
  c.next();
  EXPECT_EQ(take_events(), "p");
  c.close();
  EXPECT_EQ(c.result(), "a result that needs the heap");
}

TEST_F(Operations, DestructionAndAssignmentEndTheCoroutine) {
  {
    auto c = count(0, 3);
    c.next();
  }
  EXPECT_EQ(take_events(), "g");
  auto c = count(0, 3);
  c.next();
  c = call([] { return 1; }).done() ? count(0, 0) : count(5, 6);
  EXPECT_EQ(take_events(), "gp");
  EXPECT_TRUE(c.next());
  EXPECT_EQ(c.value(), 5);
}

TEST_F(Operations, MovesLeaveAnEndedOne) {
  auto a = count(0, 3);
  a.next();
  auto b = std::move(a);
  EXPECT_TRUE(a.done()); // NOLINT: defined for coroutines
  EXPECT_EQ(b.value(), 0);
  auto& self = b;
  b = std::move(self);
  EXPECT_TRUE(b.next());
  EXPECT_EQ(b.value(), 1);
  EXPECT_TRUE(weft::generator<int>().done());
}

TEST_F(Operations, AssignmentFromInsideTheFrameThatDies) {
  // The old frame owns the coroutine that replaces it.
  auto inner = std::make_shared<calls>(call([] { return 1; }));
  auto outer = call([inner] { return 2; });
  calls& from = *inner;
  inner.reset();
  outer.next();
  outer = std::move(from);
  EXPECT_TRUE(outer.next());
  EXPECT_EQ(outer.value(), 1);
}

TEST_F(Operations, YieldsWithoutAValue) {
  weft::coroutine<int, int> c{weft::in_frame<valueless>()};
  EXPECT_TRUE(c.next());
#if WEFT_HAS_EXCEPTIONS
  EXPECT_THROW(c.value(), weft::coroutine_error);
#endif
  EXPECT_TRUE(c.send(4));
  EXPECT_EQ(c.value(), 4);
  EXPECT_TRUE(c.next());
  EXPECT_EQ(c.value(), 5);
  EXPECT_FALSE(c.send(0));
}

TEST_F(Operations, RangeFor) {
  int sum = 0;
  for (int x : count(1, 5))
    sum += x;
  EXPECT_EQ(sum, 10);
  for (int x : count(1, 1))
    sum += x;
  EXPECT_EQ(sum, 10);
  for (int x : count(1, 5)) {
    sum = x;
    break;
  }
  EXPECT_EQ(sum, 1);
  EXPECT_EQ(take_events(), "ggg");
}

TEST_F(Operations, ByReferenceAndByValue) {
  using weft::detail::kept_by_value;
  static_assert(kept_by_value<int> && kept_by_value<const int>);
  static_assert(!kept_by_value<std::string> && !kept_by_value<int&>);
  struct fixed {
    const int n;
  };
  static_assert(!kept_by_value<fixed> && !kept_by_value<int[2]>);
  static_assert(
      std::is_same_v<decltype(std::declval<weft::generator<const int&>&>().value()), const int&>);
  static_assert(std::is_same_v<decltype(std::declval<weft::generator<int&>&>().value()), int&>);
  static_assert(std::is_nothrow_move_constructible_v<weft::generator<int>>);
  static_assert(!std::is_copy_constructible_v<weft::generator<int>>);
  static_assert(std::is_same_v<weft::coroutine<int>, weft::coroutine<int, void, void>>);
  static_assert(!std::is_move_constructible_v<weft::generator<int, weft::inline_frame<64>>>);
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
std::exception_ptr some_exception() { return std::make_exception_ptr(42); }

TEST_F(Operations, ExceptionsEndTheCoroutineAndComeOut) {
  auto c = call([n = 0]() mutable { return n++ ? throw 5 : 1; });
  c.next();
  EXPECT_THROW(c.next(), int);
  EXPECT_EQ(take_events(), "p");
  EXPECT_TRUE(c.done());
  EXPECT_EQ(error_of([&] { c.next(); }), code(coroutine_errc::ended));
  EXPECT_EQ(error_of([&] { c.result(); }), code(coroutine_errc::no_result));
}

TEST_F(Operations, RaiseThrowsAtThePause) {
  auto c = count(0, 3);
  c.next();
  EXPECT_THROW(c.raise(some_exception()), int);
  EXPECT_EQ(take_events(), "g");
  EXPECT_TRUE(c.done());
}

TEST_F(Operations, RaiseBeforeTheStartRunsNothing) {
  int runs = 0;
  auto c = call([&] { return ++runs; });
  EXPECT_THROW(c.raise(some_exception()), int);
  EXPECT_EQ(runs, 0);
  EXPECT_EQ(take_events(), "p");
  EXPECT_TRUE(c.done());
}

TEST_F(Operations, RaiseWhereAValueIsAwaited) {
  auto c = add();
  c.next();
  EXPECT_THROW(c.raise(some_exception()), int);
  EXPECT_EQ(error_of([&] { c.send("x"); }), code(coroutine_errc::ended));
}

TEST_F(Operations, MisuseLeavesItAsItWas) {
  auto a = add();
  EXPECT_EQ(error_of([&] { a.send("early"); }), code(coroutine_errc::not_started));
  EXPECT_EQ(error_of([&] { a.value(); }), code(coroutine_errc::no_value));
  EXPECT_EQ(error_of([&] { a.result(); }), code(coroutine_errc::no_result));
  EXPECT_TRUE(a.next());
  EXPECT_EQ(error_of([&] { a.next(); }), code(coroutine_errc::value_awaited));
  EXPECT_TRUE(a.send("abc"));
  EXPECT_EQ(a.value(), 3);
  EXPECT_FALSE(a.send(""));
  std::string kept = "not taken";
  EXPECT_EQ(error_of([&] { a.send(std::move(kept)); }), code(coroutine_errc::ended));
  EXPECT_EQ(kept, "not taken");
  EXPECT_EQ(error_of([&] { a.next(); }), code(coroutine_errc::ended));
  EXPECT_EQ(error_of([&] { a.raise(some_exception()); }), code(coroutine_errc::ended));
  EXPECT_EQ(error_of([&] { a.value(); }), code(coroutine_errc::no_value));
  EXPECT_EQ(a.result(), 3);

  weft::coroutine<int, int> v{weft::in_frame<valueless>()};
  v.next();
  v.send(1);
  EXPECT_EQ(error_of([&] { v.send(2); }), code(coroutine_errc::no_value_awaited));
  EXPECT_EQ(v.value(), 1);

  weft::generator<int> none;
  EXPECT_EQ(error_of([&] { none.next(); }), code(coroutine_errc::ended));
  EXPECT_EQ(error_of([&] { none.value(); }), code(coroutine_errc::no_value));
  EXPECT_EQ(error_of([&] { none.result(); }), code(coroutine_errc::no_result));
}

TEST_F(Operations, MisuseFromInside) {
  calls* self = nullptr;
  std::string seen;
  auto c = call([&] {
    auto add = [&](int number) { seen += std::to_string(number) + ' '; };
    add(error_of([&] { self->next(); }));
    add(error_of([&] { self->raise(some_exception()); }));
    add(error_of([&] { self->close(); }));
    add(error_of([&] { self->value(); }));
    add(error_of([&] { self->result(); }));
    EXPECT_FALSE(self->done());
    return 3;
  });
  self = &c;
  const std::string running = std::to_string(code(coroutine_errc::running)) + ' ';
  const std::string expected = running + running + running +
                               std::to_string(code(coroutine_errc::no_value)) + ' ' +
                               std::to_string(code(coroutine_errc::no_result)) + ' ';
  EXPECT_TRUE(c.next());
  EXPECT_EQ(seen, expected);
  EXPECT_EQ(c.value(), 3);
  EXPECT_TRUE(c.next());
}

// struct bad { ~bad() noexcept(false) { throw 1; } };
// try { bad b; return guard('1'); } catch (int) {} return guard('2');
struct overtaken final : weft::weft_coroutine_frame<int, void, guard> {
  bool twice;
  explicit overtaken(bool twice) : twice(twice) {}
  void weft_run() {
    const weft::ender<overtaken> weft_end(*this);
    (void)weft_enter();
    try {
      weft_return([] { return guard('1'); });
      throw 1;
    } catch (int) {
      if (!twice)
        throw;
    }
    weft_return([] { return guard('2'); });
    weft_finish();
  }
};

TEST_F(Operations, AnOvertakenResultIsDestroyed) {
  using c = weft::coroutine<int, void, guard>;
  {
    c once{weft::in_frame<overtaken>(), false};
    EXPECT_THROW(once.next(), int);
    EXPECT_EQ(take_events(), "1");
    EXPECT_EQ(error_of([&] { once.result(); }), code(coroutine_errc::no_result));
  }
  EXPECT_EQ(take_events(), "");
  {
    c twice{weft::in_frame<overtaken>(), true};
    EXPECT_FALSE(twice.next());
    EXPECT_EQ(take_events(), "1");
    EXPECT_EQ(twice.result().name, '2');
  }
  EXPECT_EQ(take_events(), "2");
}

#else

TEST_F(Operations, MisuseCallsTheHandlerOrAborts) {
  auto c = count(0, 1);
  EXPECT_DEATH((void)c.value(), "weft: coroutine is not paused at a yield");
  weft::set_misuse_handler(+[](coroutine_errc code) { std::exit(40 + static_cast<int>(code)); });
  EXPECT_EXIT((void)c.value(), testing::ExitedWithCode(40 + static_cast<int>(coroutine_errc::no_value)), "");
  EXPECT_NE(weft::set_misuse_handler(nullptr), nullptr);
  EXPECT_EQ(weft::set_misuse_handler(nullptr), nullptr);
}

#endif

TEST_F(Operations, DestructionFromInsideAborts) {
  EXPECT_DEATH(
      {
        std::unique_ptr<calls> self;
        self = std::make_unique<calls>(call([&self] {
          self.reset();
          return 0;
        }));
        self->next();
      },
      "weft: coroutine destroyed while it is running");
}

} // namespace
