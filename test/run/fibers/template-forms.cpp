// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Templates of fiber functions with parameter packs, deduced results and results
// that are initialisers; specialisations, CRTP, operators that depend.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <memory>
#include <string>
#include <tuple>

using namespace trace;

// --- Packs: passed on, kept across pauses, counted, captured ---

[[weft::fiber]] static int get(int a, const tracer& b) {
  cede();
  return a + b.number;
}
[[weft::fiber]] static int get(int a) { return cede(a); }
static int sum() { return 0; }
template <class... T> static int sum(int first, const T&... rest) {
  return first + sum(rest...);
}
template <class... A> [[weft::fiber]] int forward(A&&... args) {
  tracer own("forward", sizeof...(args));
  cede();
  return get(std::forward<A>(args)...);
}
template <class F, class... A> [[weft::fiber]] int call(F f, const A&... args) {
  const int before = sum(args...);
  const int got = f(args...);
  return before + got + sum(args...);
}
template <class... A> [[weft::fiber]] int by_value(A... args) {
  cede();
  ((args.number += 1), ...);
  cede();
  auto all = [&] { return (args.number + ... + 0); };
  const int before = all();
  cede();
  auto copied = [=] { return (args.number + ... + 0); };
  ((args.number += 1), ...);
  cede();
  return before * 100 + copied() * 10 + all();
}
template <class T, class... A> [[weft::fiber]] std::unique_ptr<T> make(A&&... args) {
  cede();
  return std::make_unique<T>(std::forward<A>(args)...);
}
template <int... N> [[weft::fiber]] int values() {
  cede();
  return sum(N...);
}
struct maker {
  int base;
  template <class... A> [[weft::fiber]] int made(const A&... args) {
    cede();
    return base + get(args...);
  }
};
template <class... T> struct store {
  std::tuple<T...> all;
  [[weft::fiber]] int put(T... more) {
    cede();
    all = std::tuple<T...>(more...);
    return cede(sizeof...(T));
  }
};
[[weft::fiber]] static void packs() {
  tracer x("x", 2);
  at("forward", forward(1, x) + forward(1, tracer("y", 3)) + forward(4));
  at("call", call([](int a, int b) { return cede(a) * b; }, 3, 4));
  at("call", call([] { return 1; }));
  at("by value", by_value(x) + by_value(tracer("z", 4)));
  at("by value", x.number);
  at("nothing", by_value());
  at("make", make<tracer>("made", 3)->number);
  at("values", values<1, 2, 3>());
  at("maker", maker{5}.made(3));
  at("store", store<int, long>().put(1, 2));
  at("store", store<tracer>{{tracer("in the store")}}.put(x));
}

// --- Results that are deduced ---

[[weft::fiber]] static auto twice(int n) {
  cede();
  return n * 2L;
}
[[weft::fiber]] static decltype(auto) itself(int& n) {
  cede();
  return (n);
}
template <class T> [[weft::fiber]] auto same(T value) {
  cede();
  return value;
}
template <class T> [[weft::fiber]] decltype(auto) lvalue(T& value) {
  cede();
  return (value);
}
template <class T> [[weft::fiber]] auto doubled(const T& value) {
  cede();
  return value.number * 2L;
}
/// Its type is that of the `return` that no instantiation discards.
template <class T> [[weft::fiber]] auto widened(T value) {
  if constexpr (sizeof(T) == 1)
    return cede(int(value));
  weft::this_fiber::yield();
  return +value;
}
template <class T> [[weft::fiber]] auto handed_on(T value) {
  auto got = same(value);
  at("got", got.number);
  return same(value);
}
template <class T> [[weft::fiber]] auto nothing(T value) {
  cede();
  at("nothing", value);
}
[[weft::fiber]] static void deduced() {
  int n = 1;
  itself(n) = 5;
  at("twice", twice(n));
  at("same", same(3) + same(4L));
  at("widened", widened(char(3)) + widened(4000000000L));
  lvalue(n) = 6;
  at("n", n);
  auto object = same(tracer("same", 1));
  at("doubled", doubled(object));
  auto on = handed_on(object);
  at("on", on.number);
  nothing(n);
}

// --- Results that are initialisers, and objects that are called ---

template <class T> [[weft::fiber]] T made(int n) {
  cede();
  return T("made", n);
}
template <class T> [[weft::fiber]] int initialised(int n) {
  T x(made<T>(n));
  const T y = made<T>(n + 1);
  auto z(made<T>(n + 2));
  return cede(x.number + y.number + z.number);
}
template <class F> [[weft::fiber]] int pointed(F* f) {
  return (*f)(3) + (*f)(4);
}
template <class F> [[weft::fiber]] int enclosed(F& f) {
  return (f)(3);
}
[[weft::fiber]] static void initialisers() {
  at("initialised", initialised<tracer>(1));
  auto f = [](int n) { return cede(n); };
  at("pointed", pointed(&f));
  auto plain = [](int n) { return n; };
  at("plain", pointed(&plain));
  at("enclosed", enclosed(f));
}

// --- What lambdas capture by default ---

template <class T> [[weft::fiber]] int captures(T n) {
  int kept = 2;
  int counted = 0;
  auto read = [&] { return kept; };
  auto pauses = [&](int m) {
    cede();
    counted += 1;
    return m + kept;
  };
  cede();
  return read() + pauses(n) + pauses(1) + counted * 100;
}
[[weft::fiber]] static void lambdas() {
  at("captures", captures(3));
  auto generic = [](auto n) {
    int base = 2;
    auto inner = [&](int m) {
      cede();
      return m + base;
    };
    return inner(n) + inner(1);
  };
  at("generic", generic(1));
}

// --- Others in other instantiations ---

template <class D> struct base {
  [[weft::fiber]] int run() {
    tracer own("run");
    return self().step(1) + self().step(2);
  }
  D& self() { return static_cast<D&>(*this); }
};
struct one : base<one> {
  [[weft::fiber]] int step(int n) { return cede(n); }
};
struct two : base<two> {
  [[weft::fiber]] int step(int n) { return cede(n * 2) + cede(0); }
};
template <class T> struct box {
  T value;
  [[weft::fiber]] int get() { return cede(1); }
};
template <> struct box<int> {
  int value;
  [[weft::fiber]] int get() { return cede(value); }
  [[weft::fiber]] int other();
};
int box<int>::other() { return cede(value + 1); }
template <class T> struct box<T*> {
  T* value;
  [[weft::fiber]] int get() { return cede(*value); }
};
template <class T, int> struct unnamed {
  T value;
  [[weft::fiber]] int get() { return cede(value) + again(); }
  [[weft::fiber]] int again() const;
};
template <class T, int N> int unnamed<T, N>::again() const { return cede(value + 1); }
template <class B> [[weft::fiber]] int through(B held) {
  return held.get();
}
struct number {
  int value;
};
[[weft::fiber]] static number operator+(number a, number b) {
  cede();
  return {a.value + b.value};
}
[[weft::fiber]] static bool operator==(const number& a, const number& b) {
  cede();
  return a.value == b.value;
}
template <class T> [[weft::fiber]] T added(T a, T b) {
  T c = a + b;
  if (c == a)
    return c;
  return c + a;
}
[[weft::fiber]] static void others() {
  int n = 9;
  at("one", one().run());
  at("two", two().run());
  at("box", box<long>{1}.get() + box<int>{2}.get() + box<int>{2}.other());
  at("through", through(box<long>{1}) + through(box<int>{3}) + through(box<int*>{&n}));
  at("unnamed", through(unnamed<int, 3>{4}));
  at("added", added(number{1}, number{2}).value);
}

/// The type of what is made with a lambda shows only where that stands.
template <class F> static auto applied(F f) { return f(1); }
template <class T> [[weft::fiber]] int made_with_lambda(const T& value) {
  auto got = applied([&](int n) { return value.check().number + n; });
  cede();
  return got + value.number;
}
[[weft::fiber]] static void made_with_lambdas() {
  at("made", made_with_lambda(tracer("value", 5)));
}

int main() {
  exercise("packs", packs);
  exercise("deduced", deduced);
  exercise("initialisers", initialisers);
  exercise("lambdas", lambdas);
  exercise("others", others);
  exercise("made with lambdas", made_with_lambdas);
}
