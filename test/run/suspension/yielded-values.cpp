// What is yielded: objects by reference without a copy, temporaries that live
// until the end of their statement, converted values, void, pointers, large types.
// RUN: %check %s %t

#include "trace.h"

#include <memory>
#include <string>

struct large {
  int list[20] = {};
  tracer t{"in large"};
};
struct small {
  short a, b;
};

[[weft::coroutine]] weft::generator<tracer> objects() {
  tracer local("local", 1);
  weft::yield(local);
  std::printf("  number %d\n", local.number);
  weft::yield(tracer("temporary", 2));
  at("after the temporary");
  const tracer fixed("fixed", 3);
  weft::yield(fixed);
  weft::yield(std::move(local));
  local.check();
}

[[weft::coroutine]] weft::generator<const tracer&> const_references() {
  tracer local("local", 1);
  weft::yield(local);
  local.number = 2;
  weft::yield(local);
  const tracer fixed("fixed", 3);
  weft::yield(fixed);
  weft::yield(tracer("temporary", 4));
  at("end");
}

[[weft::coroutine]] weft::generator<std::string> converted() {
  weft::yield("literal");
  const char* text = "pointer";
  weft::yield(text);
  std::string s("string");
  weft::yield(s + "!");
  weft::yield(s);
  const std::string fixed("const");
  weft::yield(fixed);
}

[[weft::coroutine]] weft::generator<long> arithmetic() {
  weft::yield(1);
  weft::yield('a');
  short s = 3;
  weft::yield(s);
  weft::yield(s > 2);
  weft::yield(sizeof(int));
}

[[weft::coroutine]] weft::coroutine<void> without_value(int n) {
  while (n--) {
    at("round", n);
    weft::yield();
  }
}

[[weft::coroutine]] weft::generator<const char*> texts(bool b) {
  weft::yield("a");
  weft::yield(b ? "b" : "c");
  char local[] = "local";
  weft::yield(local);
}

[[weft::coroutine]] weft::generator<large> large_ones() {
  large l;
  l.list[19] = 5;
  weft::yield(l);
  std::printf("  changed to %d\n", l.list[19]);
}

[[weft::coroutine]] weft::generator<small> small_ones() {
  small s{1, 2};
  weft::yield(s);
  weft::yield(small{3, 4});
}

[[weft::coroutine]] weft::generator<std::unique_ptr<int>> move_only() {
  weft::yield(std::make_unique<int>(1));
  auto p = std::make_unique<int>(2);
  weft::yield(p);
  std::printf("  taken: %d\n", p == nullptr);
}

int main() {
  trace::exercise("objects", [] { return objects(); });
  auto o = objects();
  o.next();
  o.value().number = 100;
  trace::advance(o, trace::many);
  trace::exercise("const references", [] { return const_references(); });
  trace::exercise("converted", [] { return converted(); });
  trace::exercise("arithmetic", [] { return arithmetic(); });
  trace::exercise("without value", [] { return without_value(2); });
  trace::exercise("texts", [] { return texts(true); });
  auto l = large_ones();
  l.next();
  l.value().list[19] = 6;
  l.next();
  auto s = small_ones();
  while (s.next())
    std::printf("%d %d\n", s.value().a, s.value().b);
  auto m = move_only();
  m.next();
  std::printf("%d\n", *m.value());
  m.next();
  std::unique_ptr<int> taken = std::move(m.value());
  std::printf("%d\n", *taken);
  m.next();
}
