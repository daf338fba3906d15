// Range-for over coroutines: break and go on, begin on a started one, changing
// what is yielded, nested loops, algorithms over iterators.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> up_to(int n) {
  tracer t("up to", n);
  for (int i = 0; i < n; ++i)
    weft::yield(i);
}

[[weft::coroutine]] weft::generator<tracer> objects(int n) {
  for (int i = 0; i < n; ++i) {
    tracer t("object", i);
    weft::yield(t);
    std::printf("  now %d\n", t.number);
  }
}

int main() {
  for (int n : up_to(3))
    std::printf("%d\n", n);
  for (int n : up_to(0))
    std::printf("never %d\n", n);
  auto g = up_to(6);
  for (int n : g) {
    if (n == 2)
      break;
    std::printf("%d\n", n);
  }
  std::printf("at %d\n", g.value());
  for (int n : g) {
    std::printf("%d\n", n);
    if (n == 4)
      break;
  }
  g.close();
  for (int n : g)
    std::printf("never %d\n", n);
  for (tracer& t : objects(2))
    t.number += 10;
  for (tracer t : objects(2))
    t.number += 10;
  for (int a : up_to(3))
    for (int b : up_to(a)) {
      if (b == 1)
        break;
      std::printf("%d %d\n", a, b);
    }
  auto h = up_to(4);
  auto it = h.begin();
  std::printf("%d\n", *it);
  ++it;
  it++;
  std::printf("%d %d\n", *it, it == h.end());
  ++it;
  ++it;
  std::printf("%d %d\n", it == h.end(), it != h.end());
  auto o = objects(1);
  auto at = o.begin();
  std::printf("%s\n", at->name);
  try {
    for (int n : up_to(5))
      if (n == 2)
        throw n;
  } catch (int n) {
    std::printf("caught %d\n", n);
  }
}
