// Results: converted, moved from a local, by reference, from a pause, large; they
// outlive what the body had.
// RUN: %check %s %t

#include "trace.h"

#include <memory>
#include <string>

[[weft::coroutine]] weft::coroutine<int, void, tracer> moved_local() {
  tracer local("local", 1);
  weft::yield(1);
  return local;
}
[[weft::coroutine]] weft::coroutine<int, void, tracer> copied(const tracer& from) {
  tracer other("other");
  weft::yield(1);
  return from;
}
[[weft::coroutine]] weft::coroutine<int, void, std::string> converted(bool b) {
  weft::yield(1);
  if (b)
    return "literal";
  std::string s = "built";
  return s + " up";
}
[[weft::coroutine]] weft::coroutine<int, void, std::unique_ptr<int>> move_only() {
  auto p = std::make_unique<int>(5);
  weft::yield(*p);
  return p;
}
[[weft::coroutine]] weft::coroutine<int, void, int&> reference(int* numbers) {
  weft::yield(0);
  return numbers[1];
}
[[weft::coroutine]] weft::coroutine<int, int, long> widened() {
  return weft::yield<int>(1);
}
struct pair_of {
  int a, b;
};
[[weft::coroutine]] weft::coroutine<void, void, pair_of> aggregate(int n) {
  weft::yield();
  return pair_of{n, n + 1};
}

int main() {
  trace::exercise("moved", [] { return moved_local(); });
  tracer from("from", 4);
  trace::exercise("copied", [&] { return copied(from); });
  trace::exercise("converted", [] { return converted(true); });
  trace::exercise("converted", [] { return converted(false); });
  {
    auto c = move_only();
    while (c.next()) {
    }
    std::unique_ptr<int> taken = std::move(c.result());
    std::printf("%d %d\n", *taken, c.result() == nullptr);
  }
  int numbers[] = {1, 2, 3};
  auto r = reference(numbers);
  while (r.next()) {
  }
  r.result() = 20;
  std::printf("%d\n", numbers[1]);
  trace::exercise("widened", [] { return widened(); });
  auto a = aggregate(3);
  while (a.next()) {
  }
  std::printf("%d %d\n", a.result().a, a.result().b);
}
