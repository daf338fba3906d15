// An inner coroutine that outlives the one that delegates to it: it may have
// started, may itself delegate, and goes on when the outer one was closed.
// RUN: %check %s %t

#include "trace.h"

using trace::advance;
using trace::many;

[[weft::coroutine]] weft::generator<int> numbers(int n) {
  tracer t("numbers");
  for (int i = 0; i < n; ++i)
    weft::yield(i);
}

[[weft::coroutine]] weft::generator<int> wrapped(int n) {
  tracer t("wrapped");
  weft::yield_from(numbers(n));
  weft::yield(-1);
}

[[weft::coroutine]] weft::generator<int> borrowing(weft::generator<int>& inner, const char* name) {
  tracer t(name);
  weft::yield_from(inner);
  weft::yield(-100);
}

template <class F> void expect_error(F&& operation) {
  try {
    operation();
    std::printf("  no error\n");
  } catch (const weft::coroutine_error& error) {
    std::printf("  %s\n", error.what());
  }
}

int main() {
  auto inner = wrapped(5);
  inner.next();
  std::printf("started %d\n", inner.value());
  {
    auto outer = borrowing(inner, "first");
    advance(outer, 2);
    expect_error([&] { inner.next(); });
    expect_error([&] { inner.close(); });
    expect_error([&] { inner.value(); });
    auto rival = borrowing(inner, "rival");
    expect_error([&] { rival.next(); });
    std::printf("rival done %d\n", rival.done());
    trace::show_value(outer);
  }
  advance(inner, 1);
  {
    auto middle = borrowing(inner, "middle");
    auto outer = borrowing(middle, "outer");
    advance(outer, 1);
    outer.close();
    advance(middle, 3);
    std::printf("inner done %d\n", inner.done());
  }
  std::printf("inner done %d, live %d\n", inner.done(), trace::live);
  auto other = numbers(3);
  auto outer = borrowing(other, "outer");
  advance(outer, 1);
  trace::guarded([&] { outer.raise(std::make_exception_ptr(5)); });
  std::printf("both done %d %d, live %d\n", other.done(), outer.done(), trace::live);
  expect_error([&] { outer.next(); });
}
