// `switch` with pauses: fallthrough, default in the middle, blocks with objects,
// `break` and `continue` inside loops, nested switches, no default.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> fallthrough(int n) {
  tracer outer("outer", n);
  switch (n) {
  case 0:
    weft::yield(0);
    [[fallthrough]];
  case 1: {
    tracer one("one");
    weft::yield(1);
  }
    [[fallthrough]];
  default:
    weft::yield(99);
    break;
  case 2:
    at("two");
    break;
  case 3:
  case 4:
    weft::yield(34);
    return;
  }
  weft::yield(-1);
}

[[weft::coroutine]] weft::generator<int> in_loop(int n) {
  for (int i = 0; i < n; ++i) {
    tracer body("body", i);
    switch (i) {
    case 0:
      weft::yield(i);
      continue;
    case 1: {
      tracer inner("inner", i);
      weft::yield(i);
      if (n == 2)
        break;
      continue;
    }
    case 3:
      at("leaving");
      weft::yield(33);
      return;
    }
    at("after switch", i);
    weft::yield(10 * i);
  }
}

[[weft::coroutine]] weft::generator<int> nested(int a, int b) {
  switch (a) {
  case 1:
    switch (b) {
    case 1:
      weft::yield(11);
      break;
    case 2:
      weft::yield(12);
    }
    weft::yield(10);
    break;
  case 2:
    weft::yield(20);
  }
}

[[weft::coroutine]] weft::generator<int> with_declaration(int n) {
  switch (tracer t("t", n); int k = t.number) {
  case 1:
    weft::yield(k);
    break;
  default:
    weft::yield(-k);
    t.number += 10;
  }
}

enum class colour { red, green, blue };

[[weft::coroutine]] weft::generator<const char*> of_enum(colour c) {
  for (;;) {
    switch (c) {
    case colour::red:
      weft::yield("red");
      c = colour::blue;
      break;
    case colour::green:
      weft::yield("green");
      return;
    case colour::blue:
      weft::yield("blue");
      c = colour::green;
      break;
    }
  }
}

[[weft::coroutine]] weft::generator<int> loop_in_switch(int n) {
  switch (n) {
  case 1:
    for (int i = 0; i < 5; ++i) {
      if (i == 1)
        continue;
      if (i == 3)
        break;
      weft::yield(i);
    }
    weft::yield(100);
    break;
  case 2:
    while (n-- > 0)
      weft::yield(n);
  }
}

int main() {
  for (int n = 0; n < 8; ++n)
    trace::exercise("fallthrough", [n] { return fallthrough(n); });
  for (int n = 1; n < 6; ++n)
    trace::exercise("in loop", [n] { return in_loop(n); });
  for (int n = 0; n < 9; ++n)
    trace::exercise("nested", [n] { return nested(n / 3, n % 3); });
  trace::exercise("declaration", [] { return with_declaration(1); });
  trace::exercise("declaration", [] { return with_declaration(2); });
  trace::exercise("enum", [] { return of_enum(colour::red); });
  trace::exercise("loop 1", [] { return loop_in_switch(1); });
  trace::exercise("loop 2", [] { return loop_in_switch(2); });
}
