// Handlers by value, by reference, by base and `...`, in their order; an
// exception of another type passes them by.
// RUN: %check %s %t

#include "trace.h"

struct base {
  tracer t{"base"};
  virtual ~base() = default;
  virtual const char* kind() const { return "base"; }
};
struct derived : base {
  const char* kind() const override { return "derived"; }
};

void throw_one(int n) {
  switch (n) {
  case 0:
    throw base();
  case 1:
    throw derived();
  case 2:
    throw 2;
  case 3:
    throw "text";
  case 4:
    throw tracer("thrown");
  case 5: {
    static int target = 5;
    throw &target;
  }
  case 6:
    throw 6L;
  }
}

[[weft::coroutine]] weft::generator<int> typed(int n) {
  try {
    tracer local("local");
    weft::yield(n);
    throw_one(n);
    at("nothing thrown");
  } catch (derived& d) {
    std::printf("  by reference %s\n", d.kind());
  } catch (base& b) {
    std::printf("  by reference %s\n", b.kind());
  } catch (const int& i) {
    std::printf("  int %d\n", i);
  } catch (const char* text) {
    std::printf("  %s\n", text);
  } catch (tracer t) {
    std::printf("  tracer by value %s\n", t.name);
  } catch (int* p) {
    std::printf("  pointer to %d\n", *p);
  }
  weft::yield(-1);
}

[[weft::coroutine]] weft::generator<int> others_pass(int n) {
  try {
    try {
      weft::yield(n);
      throw_one(n);
    } catch (int i) {
      std::printf("  inner int %d\n", i);
    }
    at("after the inner");
  } catch (const base& b) {
    std::printf("  outer %s\n", b.kind());
  }
  weft::yield(-1);
}

[[weft::coroutine]] weft::generator<int> ellipsis(int n) {
  try {
    weft::yield(n);
    throw_one(n);
  } catch (int) {
    std::printf("  int\n");
    throw;
  } catch (...) {
    std::printf("  anything: %d\n", std::current_exception() != nullptr);
  }
  std::printf("  current: %d\n", std::current_exception() != nullptr);
  weft::yield(-1);
}

int main() {
  for (int n = 0; n < 8; ++n) {
    trace::exercise("typed", [n] { return typed(n); }, trace::closing | trace::raising);
    trace::exercise("others", [n] { return others_pass(n); }, trace::raising);
    trace::exercise("ellipsis", [n] { return ellipsis(n); }, trace::raising);
  }
}
