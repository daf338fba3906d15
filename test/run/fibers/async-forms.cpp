// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waits and yields of async generators in every kind of statement, `next()` in
// every kind of expression, also with `weft::await` around it.

// ORACLE: expected
// RUN: %check %s %t

#include "objects.h"

#include <string>
#include <weft/fiber.h>

struct alignas(64) wide {
  int n;
  ~wide() {}
};
[[weft::coroutine]] static weft::async_generator<const wide&> wides(int last) {
  wide w{0};
  for (;;) {
    switch (w.n % 3) {
    case 0:
      weft::this_fiber::yield();
      [[fallthrough]];
    case 1:
      weft::yield(w);
      break;
    default:
      goto next;
    }
  next:
    if (++w.n == last)
      return {};
  }
}
[[weft::coroutine]] static weft::async_generator<std::string> texts(weft::channel<int>& c) {
  if (int n = c.receive().value_or(0); n > 0)
    weft::yield(std::to_string(n) + std::to_string(c.receive().value_or(1)));
  do {
    weft::yield(std::string("x") + (c.closed() ? "!" : "?"));
  } while (c.receive().has_value());
  auto more = [&](int n) {
    weft::this_fiber::yield();
    return n + 1;
  };
  weft::yield(std::to_string(more(more(1))));
}
// A string that is not yielded itself; a parameter that is.
[[weft::coroutine]] static weft::async_generator<int> lengths(std::string given, weft::channel<int>& c) {
  weft::yield(static_cast<int>(given.size()));
  given += std::to_string(*c.receive());
  weft::yield(given.size());
}
static weft::async_generator<int> one() {
  weft::this_fiber::yield();
  weft::yield(1);
  weft::this_fiber::yield();
}

static int awaited(weft::channel<int>& c) {
  auto g = one();
  int n = 0;
  while (weft::await(g.next()))
    n += g.value();
  return n + weft::await(c.receive()).value_or(4);
}
static int first() {
  if (auto g = one(); g.next() && g.value() == 1)
    return g.value();
  return 0;
}
static bool is_empty(weft::async_generator<int>& g) { return !g.next(); }
// Waits beside one another.
static int both(weft::async_generator<int>* a, weft::async_generator<int>* b) {
  return a->next() + 10 * b->next();
}

int main() {
  weft::run([] {
    for (const wide& w : wides(7))
      at(reinterpret_cast<std::uintptr_t>(&w) % 64 ? "misaligned" : "wide", w.n);
    weft::channel<int> c(3);
    c.try_send(3), c.try_send(4), c.try_send(5);
    c.close();
    for (auto& text : texts(c))
      at(text.c_str());
    weft::channel<int> d(1);
    d.try_send(100);
    for (int length : lengths("four", d))
      at("length", length);
    at("awaited", awaited(c));
    at("first", first());
    auto g = one(), h = one();
    at("both", both(&g, &h));
    at("both", both(&g, &h));
    auto none = one();
    none.next();
    at("empty", is_empty(none));
  });
}

/* EXPECTED
  at wide 0
  at wide 1
  at wide 3
  at wide 4
  at wide 6
  at 34
  at x!
  at x!
  at 3
  at length 4
  at length 7
  at awaited 5
  at first 1
  at both 11
  at both 0
  at empty 1
*/
