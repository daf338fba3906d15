// A pause inside `try`: what is thrown after it, and what is raised at it, finds
// the handler; locals of the block die before the handler runs.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> simple() {
  tracer outer("outer");
  try {
    tracer inner("inner");
    weft::yield(1);
    at("between");
    weft::yield(2);
  } catch (const trace::failure& f) {
    std::printf("  caught failure %s\n", f.where);
  } catch (const trace::raised& r) {
    std::printf("  caught %s\n", r.what());
  }
  at("after");
  weft::yield(3);
}

[[weft::coroutine]] weft::generator<int> nested() {
  try {
    tracer a("a");
    weft::yield(1);
    try {
      tracer b("b");
      weft::yield(2);
      at("inside");
    } catch (const trace::failure&) {
      at("inner handler");
    }
    weft::yield(3);
    try {
      weft::yield(4);
      throw 5;
    } catch (int n) {
      std::printf("  caught %d\n", n);
    }
    weft::yield(6);
  } catch (const std::exception& e) {
    std::printf("  outer handler %s\n", e.what());
  }
  weft::yield(7);
}

[[weft::coroutine]] weft::generator<int> in_a_row() {
  try {
    weft::yield(1);
  } catch (...) {
    at("first");
  }
  try {
    weft::yield(2);
    weft::yield(3);
  } catch (const trace::raised&) {
    at("second");
    throw;
  } catch (...) {
    at("third");
    throw 42;
  }
}

[[weft::coroutine]] weft::generator<int> after_the_pause_only() {
  tracer a("a");
  weft::yield(1);
  try {
    at("no pause in here");
    tracer b("b");
  } catch (const trace::failure& f) {
    std::printf("  caught %s\n", f.where);
  }
  weft::yield(2);
}

int main() {
  trace::exercise("simple", [] { return simple(); });
  trace::exercise("nested", [] { return nested(); });
  trace::exercise("in a row", [] { return in_a_row(); });
  trace::exercise("after", [] { return after_the_pause_only(); });
}
