// A pause in `catch (...)`: `std::current_exception()` and `throw;` mean what is
// being handled, before and after it, and nothing is handled once it is left.
// RUN: %check %s %t
// ORACLE: threads

#include "trace.h"

void name_current(const char* where) {
  std::printf("  %s: ", where);
  std::exception_ptr current = std::current_exception();
  if (!current) {
    std::printf("none\n");
    return;
  }
  try {
    std::rethrow_exception(current);
  } catch (int n) {
    std::printf("int %d\n", n);
  } catch (const std::exception& e) {
    std::printf("%s\n", e.what());
  } catch (const trace::failure& f) {
    std::printf("failure %s\n", f.where);
  }
}

[[weft::coroutine]] weft::generator<int> current() {
  try {
    weft::yield(1);
    throw 5;
  } catch (...) {
    name_current("first");
    weft::yield(2);
    name_current("resumed");
    try {
      throw 6;
    } catch (...) {
      weft::yield(3);
      name_current("inner");
    }
    name_current("back");
    weft::yield(4);
    name_current("still");
  }
  name_current("after");
  weft::yield(5);
}

[[weft::coroutine]] weft::generator<int> rethrows(int n) {
  tracer outer("outer");
  try {
    try {
      tracer t("t");
      weft::yield(1);
      throw n;
    } catch (...) {
      tracer clean_up("clean up");
      weft::yield(2);
      at("clean");
      throw;
    }
  } catch (int i) {
    std::printf("  outer %d\n", i);
    weft::yield(i);
  }
  weft::yield(3);
}

[[weft::coroutine]] weft::coroutine<int, int, int> finally_returns(int n) {
  int sum = 0;
  for (;;) {
    try {
      int got = weft::yield<int>(sum);
      if (got == n)
        throw got;
      sum += got;
    } catch (...) {
      sum += 100;
      int got = weft::yield<int>(sum);
      return sum + got;
    }
  }
}

int main() {
  trace::exercise("current", [] { return current(); }, trace::raising);
  trace::exercise("rethrows", [] { return rethrows(9); }, trace::raising | trace::throwing);
  trace::exercise("finally", [] { return finally_returns(2); }, trace::raising);
}
