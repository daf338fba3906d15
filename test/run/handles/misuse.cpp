// Each misuse is an error that leaves the coroutine as it was.
// RUN: %check %s %t

#include "trace.h"

template <class F> void expect_error(const char* what, F&& operation) {
  try {
    operation();
    std::printf("%s: no error\n", what);
  } catch (const weft::coroutine_error& error) {
    std::printf("%s: %s\n", what, error.what());
  } catch (int n) {
    std::printf("%s: left by %d\n", what, n);
  }
}

[[weft::coroutine]] weft::coroutine<int, int, int> echo() {
  int n = 0;
  while (n >= 0) {
    int got = weft::yield<int>(n);
    n = got;
  }
  return 42;
}

[[weft::coroutine]] weft::coroutine<int, int, int> plain_yields() {
  weft::yield(1);
  int n = weft::yield<int>(2);
  return n;
}

weft::generator<int>* self = nullptr;

[[weft::coroutine]] weft::generator<int> meddling() {
  expect_error("next from inside", [] { self->next(); });
  expect_error("raise from inside", [] { self->raise(std::make_exception_ptr(1)); });
  expect_error("close from inside", [] { self->close(); });
  expect_error("value from inside", [] { self->value(); });
  std::printf("done from inside: %d\n", self->done());
  weft::yield(1);
  expect_error("next from inside", [] { self->next(); });
  weft::yield(2);
}

[[weft::coroutine]] weft::coroutine<int, void, int> fails() {
  weft::yield(1);
  throw 5;
}

[[weft::coroutine]] weft::coroutine<int, void, int> no_result(bool some) {
  weft::yield(1);
  if (some)
    return 3;
  return {};
}

int main() {
  auto c = echo();
  expect_error("send before the start", [&] { c.send(1); });
  expect_error("value before the start", [&] { c.value(); });
  expect_error("result before the start", [&] { c.result(); });
  std::printf("%d\n", c.next());
  expect_error("next where a value is awaited", [&] { c.next(); });
  std::printf("%d\n", c.send(5));
  std::printf("%d\n", c.value());
  expect_error("result before the end", [&] { c.result(); });
  std::printf("%d\n", c.send(-1));
  expect_error("next after the end", [&] { c.next(); });
  expect_error("send after the end", [&] { c.send(1); });
  expect_error("raise after the end", [&] { c.raise(std::make_exception_ptr(1)); });
  expect_error("value after the end", [&] { c.value(); });
  c.close();
  std::printf("%d %d\n", c.done(), c.result());

  auto p = plain_yields();
  p.next();
  expect_error("send where none is awaited", [&] { p.send(1); });
  std::printf("%d\n", p.value());
  p.next();
  p.send(9);
  std::printf("%d\n", p.result());

  auto m = meddling();
  self = &m;
  std::printf("%d\n", m.next());
  std::printf("%d\n", m.value());
  std::printf("%d\n", m.next());
  std::printf("%d\n", m.value());

  auto f = fails();
  f.next();
  expect_error("throws", [&] { f.next(); });
  expect_error("result after an exception", [&] { f.result(); });
  expect_error("next after an exception", [&] { f.next(); });
  std::printf("%d\n", f.done());

  auto r = fails();
  expect_error("raise before the start", [&] { r.raise(std::make_exception_ptr(6)); });
  std::printf("%d\n", r.done());
  expect_error("next after it", [&] { r.next(); });

  auto some = no_result(true), none = no_result(false), closed = no_result(true);
  some.next(), none.next(), closed.next();
  closed.close();
  some.next(), none.next();
  expect_error("result", [&] { std::printf("%d\n", some.result()); });
  std::printf("%d\n", none.done());
  expect_error("result without one", [&] { none.result(); });
  expect_error("result after close", [&] { closed.result(); });

  weft::generator<int> empty;
  std::printf("%d\n", empty.done());
  expect_error("next of an empty one", [&] { empty.next(); });
  empty.close();
}
