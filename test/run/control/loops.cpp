// Every kind of loop around a pause, with `continue` and `break`, destroys what
// its body made on each way out.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> while_loop(int n) {
  tracer outer("outer");
  while (n > 0) {
    tracer body("body", n);
    at("before", n);
    weft::yield(n--);
    if (n == 2)
      continue;
    tracer late("late", n);
    weft::yield(10 * n);
    if (n == 1)
      break;
  }
  at("after");
}

[[weft::coroutine]] weft::generator<int> do_loop(int n) {
  do {
    tracer body("body", n);
    if (n == 2)
      continue;
    weft::yield(n);
    at("middle", n);
    if (n == 1)
      break;
  } while (--n > 0);
  at("after", n);
  weft::yield(-n);
}

[[weft::coroutine]] weft::generator<int> for_loop(int n) {
  for (int i = 0, j = n; i < j; ++i, --j) {
    tracer body("body", i);
    if (i == 1)
      continue;
    weft::yield(100 * i + j);
    if (j == 2)
      break;
    weft::yield(-i);
  }
}

[[weft::coroutine]] weft::generator<int> for_with_object(int n) {
  for (tracer counter("counter"); counter.number < n; ++counter.number) {
    weft::yield(counter.number);
    tracer body("body", counter.number);
    weft::yield(-counter.number);
  }
  at("after");
}

[[weft::coroutine]] weft::generator<int> endless() {
  int n = 0;
  for (;;) {
    weft::yield(n++);
    if (n == 3)
      return;
  }
}

[[weft::coroutine]] weft::generator<int> no_body(int n) {
  while (n-- > 0)
    weft::yield(n);
  for (int i = 0; i < 2; ++i)
    weft::yield(i);
  do
    weft::yield(7);
  while (n-- > -2);
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      if (i == j)
        weft::yield(i + j);
}

[[weft::coroutine]] weft::generator<int> nested(int n) {
  for (int i = 0; i < n; ++i) {
    tracer row("row", i);
    for (int j = 0; j < n; ++j) {
      tracer cell("cell", j);
      if (j == i)
        continue;
      if (i == 2)
        break;
      weft::yield(10 * i + j);
    }
    weft::yield(i);
  }
}

int main() {
  trace::exercise("while", [] { return while_loop(4); });
  trace::exercise("do", [] { return do_loop(3); });
  trace::exercise("for", [] { return for_loop(5); });
  trace::exercise("for with object", [] { return for_with_object(2); });
  trace::exercise("endless", [] { return endless(); });
  trace::exercise("no body", [] { return no_body(2); });
  trace::exercise("nested", [] { return nested(3); });
}
