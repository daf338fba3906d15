// A pause in a handler, which C++20 coroutines forbid: the exception object and
// the handler's locals live on, `throw;` rethrows what is being handled, and what
// is raised there leaves the handler.
// RUN: %check %s %t
// ORACLE: threads

#include "trace.h"

[[weft::coroutine]] weft::generator<int> by_reference(int n) {
  tracer outer("outer");
  try {
    tracer inner("inner");
    weft::yield(1);
    throw n;
  } catch (int& caught) {
    tracer in_handler("in handler");
    weft::yield(caught);
    caught += 10;
    at("between", caught);
    weft::yield(caught);
  }
  at("after");
  weft::yield(2);
}

[[weft::coroutine]] weft::generator<int> object(bool again) {
  try {
    throw tracer("thrown", 5);
  } catch (const tracer& t) {
    weft::yield(t.number);
    std::printf("  still %s\n", t.check().name);
    if (again)
      throw;
  }
  weft::yield(-1);
}

[[weft::coroutine]] weft::generator<int> first_matches(int n) {
  try {
    weft::yield(0);
    if (n == 0)
      throw 1;
    if (n == 1)
      throw 2L;
    if (n == 2)
      throw "three";
  } catch (int i) {
    weft::yield(i);
    at("int");
  } catch (const char* text) {
    std::printf("  %s\n", text);
  } catch (long l) {
    weft::yield(static_cast<int>(l));
    at("long");
    throw;
  }
  weft::yield(100);
}

[[weft::coroutine]] weft::generator<int> nested() {
  try {
    throw 1;
  } catch (int a) {
    weft::yield(a);
    try {
      weft::yield(10 + a);
      throw 2;
    } catch (int b) {
      weft::yield(10 * a + b);
      try {
        throw;
      } catch (int again) {
        std::printf("  again %d\n", again);
        weft::yield(again);
      }
      at("end of inner");
    }
    weft::yield(a);
    try {
      throw;
    } catch (int c) {
      std::printf("  outer again %d\n", c);
    }
  }
  weft::yield(0);
}

[[weft::coroutine]] weft::generator<int> in_loop(int how) {
  for (int i = 0; i < 3; ++i) {
    tracer body("body", i);
    try {
      tracer attempt("attempt", i);
      weft::yield(i);
      throw i;
    } catch (int n) {
      tracer handler("handler", n);
      weft::yield(10 * n);
      if (how == 0)
        continue;
      if (how == 1)
        break;
      if (how == 2)
        return {};
      if (how == 3 && n == 1)
        throw n + 100;
    }
    at("end of round", i);
  }
  weft::yield(-1);
}

int main() {
  trace::exercise("by reference", [] { return by_reference(7); });
  trace::exercise("object", [] { return object(false); });
  trace::exercise("object again", [] { return object(true); });
  for (int n = 0; n < 4; ++n)
    trace::exercise("first", [n] { return first_matches(n); });
  trace::exercise("nested", [] { return nested(); });
  for (int how = 0; how < 5; ++how)
    trace::exercise("in loop", [how] { return in_loop(how); });
}
