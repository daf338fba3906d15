// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Suspensions under casts, new, delete, throw, subscripts, chains, assignments, and
// in the captures of lambdas and default arguments.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <memory>
#include <string>
#include <vector>

static tracer make(const char* name, int n = 0) {
  cede();
  return tracer(name, n);
}
static std::string text(const char* t) {
  cede();
  return t;
}
static int look(const tracer& t) {
  at("look", t.check().number);
  return t.number;
}
static tracer& refer(tracer& t) {
  cede();
  return t;
}
struct chain {
  tracer t{"chain", 1};
  int h = 3;
  [[weft::fiber]] chain next(int n) {
    cede();
    chain c;
    c.h = h + n;
    return c;
  }
  [[weft::fiber]] chain& self() {
    cede();
    return *this;
  }
  static int twice(int n) { return 2 * n; }
};
static chain begin() {
  cede();
  return {};
}
struct base {
  virtual ~base() { std::printf("  ~base\n"); }
  int n = 1;
};
struct wide : base {
  int m = 2;
};
static base* find(wide& w) {
  cede();
  return &w;
}
static base& get(wide& w) {
  cede();
  return w;
}
struct converts {
  int n;
  explicit converts(int n) : n(n) { at("converts", n); }
  explicit converts(const tracer& t) : n(look(t)) {}
};
[[weft::fiber]] void casts() {
  wide w;
  (void)cede(1);
  (void)make("void");
  static_cast<void>(make("cast"));
  at("long", static_cast<long>(cede(2)) + (long)cede(3) + long(cede(4)));
  at("up", dynamic_cast<wide*>(find(w))->m + static_cast<wide&>(get(w)).m);
  at("same", look(tracer(make("same", 5))));
  tracer t = static_cast<tracer>(make("elided", 6));
  look(t);
  at("converts", converts(cede(7)).n);
  at("converts", static_cast<converts>(make("from", 8)).n);
  at("bool", !cede(0) + !!cede(1) + ~cede(2) - -cede(3));
  const tracer& r = const_cast<const tracer&>(refer(t));
  look(r);
}
[[weft::fiber]] void thrown() {
  try {
    throw cede(3);
  } catch (int n) {
    at("caught", n);
  }
  try {
    throw text("thrown");
  } catch (const std::string& s) {
    trace::print("caught", s);
  }
  try {
    throw tracer("thrown", look(make("inner", 2)));
  } catch (const tracer& t) {
    look(t);
  }
}
static int* allocate(int n) {
  cede();
  return new int(n);
}
[[weft::fiber]] void allocated() {
  std::unique_ptr<tracer> a(new tracer("new", cede(1)));
  std::unique_ptr<int[]> c(new int[3]{cede(1), 2, cede(3)});
  at("c", c[0] + c[1] + c[2]);
  std::unique_ptr<std::string> d(new std::string(text("text")));
  trace::print("d", *d);
  std::unique_ptr<int[]> e(new int[cede(4)]);
  alignas(tracer) unsigned char room[sizeof(tracer)];
  tracer* f = new (room) tracer("placed", cede(2));
  f->~tracer();
  delete allocate(5);
  auto g = std::make_unique<tracer>("unique", cede(3));
  look(*g);
}
static int numbers[] = {10, 20, 30, 40};
static int* array() {
  cede();
  return numbers;
}
static std::vector<tracer> objects() {
  cede();
  std::vector<tracer> all;
  all.reserve(2);
  all.emplace_back("zero", 0);
  all.emplace_back("one", 1);
  return all;
}
[[weft::fiber]] void subscripts() {
  at("x", numbers[cede(1)]);
  at("y", array()[cede(2)]);
  at("z", cede(3)[array()]);
  at("v", objects()[cede(1)].number);
  std::vector<int> v{1, 2, 3};
  v[cede(1)] += cede(5);
  v[cede(0)] = v[cede(1)] * cede(2);
  at("v", v[0] + v[1]);
  numbers[cede(0)]++;
  ++array()[cede(0)];
  at("n", numbers[0]);
  numbers[0] = 10;
  array()[cede(1)] -= array()[cede(0)] + cede(1);
  at("n", numbers[1]);
  numbers[1] = 20;
  *array() <<= cede(1);
  at("n", numbers[0]);
  numbers[0] = 10;
}
[[weft::fiber]] void chains() {
  at("h", begin().next(1).h);
  at("h", begin().next(cede(2)).next(3).h);
  at("h", begin().self().next(cede(4)).t.number);
  chain c;
  at("twice", c.twice(cede(5)) + c.self().twice(cede(6)));
  c.self().self().h = cede(9);
  at("h", c.h);
  at("h", (&c)->self().next(1).self().h);
  int chain::*member = &chain::h;
  at("h", begin().*member + (c.self()).*member);
}
[[weft::fiber]] void operators() {
  at("sum", cede(1) + cede(2) * cede(3));
  at("shift", cede(1) << cede(2));
  at("compare", (cede(1) < cede(2)) == (cede(3) != cede(4)));
  std::string s = text("a") + text("b") + "c";
  s += text("d");
  trace::print("s", s);
  int a = 1;
  a += a + cede(1);
  a = cede(2), a *= cede(3);
  at("a", a);
  tracer t("t"), u("u");
  t = make("assigned");
  refer(t) = make("twice");
  refer(t) = refer(u);
  refer(t) = u;
}
static int applied(const std::string& s = "none", int n = 3) {
  cede();
  return static_cast<int>(s.size()) + n;
}
static int taken(int n = 1, tracer t = tracer("default", 4), const tracer& r = tracer("bound")) {
  cede();
  return n + look(t) + look(r);
}
static int plain(int n, const tracer& r = tracer("ordinary", 2)) { return n + look(r); }
static const tracer& passes(const tracer& r = tracer("passed", 3)) { return r; }
static int fiber_look(const tracer& t) {
  cede();
  return look(t);
}
[[weft::fiber]] void defaults() {
  at("none", applied());
  at("some", applied("some"));
  at("taken", taken());
  at("taken", taken(cede(2)));
  at("taken", taken(2, make("given")));
  at("plain", plain(cede(1)));
  at("kept", fiber_look(passes()));
  at("kept", fiber_look(tracer("sum", plain(1))));
}
[[weft::fiber]] void captures() {
  int k = 2;
  auto a = [x = cede(1)] { return x; };
  at("a", a());
  auto b = [x = cede(3), &k, s = text("captured")] { return x + k + int(s.size()); };
  cede();
  at("b", b());
  at("c", [x = cede(3), y = look(make("looked", 2))] { return x + y; }());
  auto d = [x = look(make("kept", 5))]() { return cede(x); };
  at("d", d());
  tracer t("t");
  auto e = [&r = refer(t), k] { return r.number + k; };
  cede();
  at("e", e());
}
int main() {
  trace::exercise("casts", casts);
  trace::exercise("thrown", thrown);
  trace::exercise("allocated", allocated);
  trace::exercise("subscripts", subscripts);
  trace::exercise("chains", chains);
  trace::exercise("operators", operators);
  trace::exercise("defaults", defaults);
  trace::exercise("captures", captures);
}
