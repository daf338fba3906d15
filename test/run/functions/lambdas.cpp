// Lambdas as coroutines: capturing by copy, by reference, `this` and by
// initialiser, mutable, made and used in place.
// RUN: %check %s %t

#include "trace.h"

int main() {
  auto run = [](const char* name, auto g) {
    std::printf("%s\n", name);
    trace::advance(g, trace::many);
  };
  int n = 3;

  auto plain = [](int a) -> weft::generator<int> {
    weft::yield(a);
    weft::yield(a + 1);
  };
  run("plain", plain(1));

  auto by_copy = [n](int a) -> weft::generator<int> {
    for (int i = 0; i < n; ++i)
      weft::yield(a + i + n);
  };
  n = 5;
  run("by copy", by_copy(10));

  auto by_reference = [&n]() -> weft::generator<int> {
    weft::yield(n);
    ++n;
    weft::yield(n);
  };
  run("by reference", by_reference());
  std::printf("%d\n", n);

  auto all = [&](int a) -> weft::generator<int> {
    tracer t("t", n);
    weft::yield(a + n);
    n += a;
    weft::yield(t.check().number + n);
  };
  trace::exercise("all", [&] { return all(2); });

  auto counter = [k = 0, t = tracer("captured")]() mutable -> weft::generator<int> {
    weft::yield(++k);
    weft::yield(++k + t.check().number);
  };
  run("mutable", counter());
  run("mutable again", counter());

  struct owner {
    int member = 7;
    void drive() {
      auto f = [this](int a) -> weft::generator<int> {
        weft::yield(member + a);
        member = 8;
        weft::yield(this->member);
      };
      auto g = f(2);
      trace::advance(g, trace::many);
    }
  } o;
  o.drive();
}
