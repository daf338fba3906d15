// A received value as statement, initialiser, assigned value, returned value,
// argument, operand of a compound assignment and converted.
// RUN: %check %s %t

#include "trace.h"

#include <memory>
#include <string>

using trace::movable;

[[weft::coroutine]] weft::coroutine<int, int, int> positions(int n) {
  weft::yield<int>(0);
  int first = weft::yield<int>(n);
  const int second = weft::yield<int>(first);
  int third{weft::yield<int>(second)}, fourth(weft::yield<int>(third));
  auto fifth = weft::yield<int>(fourth);
  n = weft::yield<int>(fifth);
  long wide = weft::yield<int>(n);
  wide += 1;
  std::printf("  %d %d %d %d %d %d %ld\n", first, second, third, fourth, fifth, n, wide);
  return weft::yield<int>(7);
}

int add(int a, int b) { return 10 * a + b; }

[[weft::coroutine]] weft::coroutine<int, int> arguments() {
  at("argument", weft::yield<int>(1));
  int n = add(weft::yield<int>(2), 5);
  std::printf("  n %d\n", n);
  std::printf("  %d\n", weft::yield<int>(n));
  std::string s(3, static_cast<char>('a' + weft::yield<int>(3)));
  std::printf("  %s\n", s.c_str());
}

[[weft::coroutine]] weft::coroutine<void, tracer> objects(int n) {
  while (n--) {
    tracer t = weft::yield<tracer>();
    std::printf("  got %s\n", t.check().name);
    auto u = weft::yield<tracer>();
    std::printf("  got %s\n", u.check().name);
    t = weft::yield<tracer>();
    weft::yield<tracer>();
  }
}

[[weft::coroutine]] weft::coroutine<int, std::unique_ptr<int>> move_only() {
  std::unique_ptr<int> p = weft::yield<std::unique_ptr<int>>(1);
  p = weft::yield<std::unique_ptr<int>>(*p);
  movable m("m", *p);
  p = weft::yield<std::unique_ptr<int>>(m.number);
}

[[weft::coroutine]] weft::coroutine<int, int&> references() {
  int& r = weft::yield<int&>(1);
  r += 1;
  int copy = weft::yield<int&>(r);
  std::printf("  copy %d\n", copy);
}

// Some pauses await a value, others do not.
[[weft::coroutine]] weft::coroutine<int, std::string> mixed() {
  weft::yield(1);
  std::string s = weft::yield<std::string>(2);
  weft::yield(static_cast<int>(s.size()));
  std::string more = weft::yield<std::string>(4);
  s += more;
  weft::yield(static_cast<int>(s.size()));
}

int main() {
  trace::exercise("positions", [] { return positions(5); });
  trace::exercise("arguments", [] { return arguments(); });

  for (int closed_at = 0; closed_at < 9; ++closed_at) {
    std::printf("objects %d\n", closed_at);
    auto c = objects(2);
    tracer kept("kept");
    c.next();
    for (int i = 0; i < closed_at && !c.done(); ++i) {
      if (i % 2)
        c.send(tracer("sent", i));
      else
        c.send(kept);
    }
    c.close();
  }
  std::printf("live %d\n", trace::live);

  auto m = move_only();
  m.next();
  m.send(std::make_unique<int>(10));
  std::printf("%d\n", m.value());
  m.send(std::make_unique<int>(20));
  std::printf("%d\n", m.value());
  std::printf("%d\n", m.send(nullptr));

  auto r = references();
  r.next();
  int target = 5;
  r.send(target);
  std::printf("%d %d\n", target, r.value());
  r.send(target);

  auto x = mixed();
  x.next();
  x.next();
  x.send("abc");
  std::printf("%d\n", x.value());
  x.next();
  std::string kept = "de";
  x.send(kept);
  std::printf("%d %s\n", x.value(), kept.c_str());
  std::printf("%d\n", x.next());
}
