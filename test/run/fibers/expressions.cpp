// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls of fiber functions in every position of an expression, and how long the
// temporaries beside them live.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <memory>
#include <sstream>
#include <string>
#include <vector>
struct point {
  int x, y;
};
static point make_point(int x) {
  cede();
  return {x, x + 1};
}
static tracer make(int n) {
  cede();
  return tracer("made", n);
}
static int by_ref(const tracer& t, int k) {
  cede();
  return t.check().number + k;
}
static int look(const tracer& t) { return t.check().number; }
static bool less(int a, int b) {
  cede();
  return a < b;
}
static std::size_t count(const std::vector<std::string> &parts) {
  cede();
  return parts.size();
}
static std::size_t count_copy(std::vector<int> parts) {
  cede();
  return parts.size();
}
static int take(int&& b) {
  cede();
  return b;
}
static std::vector<int> many() {
  cede();
  return {1, 2, 3};
}
struct box {
  int v = 0;
  box& add(int n) {
    v += n;
    return* this;
  }
};
static box& ref(box& b) {
  cede();
  return b;
}
static std::string s(const char* t) {
  cede();
  return t;
}
struct holds {
  int n;
  holds(int n) : n(n) { at("holds", n); }
};
[[weft::fiber]] void operands() {
  int v((1 == make_point(3).y));
  at("v", v);
  if (look(tracer("l", 1)) == 1 && by_ref(tracer("r", 1), 1) == 2)
    at("then");
  if (tracer("l", 1).number == 2 || less(make(1).number, 2))
    at("or");
  const int v2 = cede(3);
  at("v2", v2);
}
[[weft::fiber]] void positions() {
  at("count", count({"a", "b"}));
  at("count", count(std::vector<std::string>{"a", "b", "c"}));
  at("count", count_copy({1, 2, 3}));
  at("take", take(cede(5)));
  at("take", take(7));
  for (int x : many())
    at("x", x);
  for (int x : many()) {
    if (x == 2)
      continue;
    at("x", cede(x));
  }
  std::ostringstream o;
  o << cede(1) << ' ' << cede(2) << make(3).number << '\n';
  trace::print("o", o.str());
  box b;
  ref(b).add(2).add(cede(3));
  int a = 0, c = 0;
  a += cede(1), c -= cede(2);
  at("box", b.v + a + c);
  trace::print("s", s("p").append(s("q")));
  std::unique_ptr<holds> h(new holds(cede(4)));
  at("h", h->n);
}
[[weft::fiber]] void lives() {
  try {
    tracer m = make(1);
    cede();
  } catch (...) {
    cede(1);
  }
  try {
    cede();
    throw 1;
  } catch (int) {
    int g = 0;
  again : { cede(); }
    if (g++ < 2)
      goto again;
    at("g", g);
  }
  auto v1 = 5;
  auto l = [v1, init = tracer("init", 7)]() mutable -> tracer {
    cede();
    return tracer("o", v1);
  };
  at("l", l().number);
  trace::aligned al("aligned", 1);
  cede();
  al.verify();
}
static int local(int n) {
  struct joiner {
    int& t;
    ~joiner() { t = 0; }
  } j{n};
  int k = [n, m = n]() { return n + m; }();
  cede();
  return k;
}
[[weft::fiber]] void initialisers() {
  at("local", local(2));
  auto v3 = static_cast<int>(cede(2));
  auto f = [init = tracer("init", v3)](int k) { return cede(k) + init.number; };
  at("f", f(1));
  {
    int v4(cede(1));
    at("v4", v4);
  }
  at("last", (cede(3), 4));
}
struct tray {
  tracer t{"tray", 0};
  [[weft::fiber]] void put(int v) {
    cede();
    t.number = t.number * 10 + v;
  }
};
static tray* pick(tray* b, int& n) {
  ++n;
  return b;
}
/// Operands that only the call itself needs: nobody uses its result.
[[weft::fiber]] void dropped() {
  tray a, b;
  int n = 0;
  pick(&a, n)->put(cede(n));
  tray* all[] = {&a, &b};
  all[n++ % 2]->put(cede(7));
  all[n++ % 2]->put(cede(cede(n) + cede(n)));
  at("a", a.t.number);
  at("b", b.t.number);
}
int main() {
  trace::exercise("dropped", dropped);
  trace::exercise("operands", operands);
  trace::exercise("positions", positions);
  trace::exercise("lives", lives);
  trace::exercise("initialisers", initialisers);
}
