// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What an operand makes lives until the end of the full-expression in a template,
// too, where only the instantiations show that it is a temporary.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <string>
#include <utility>

template <class T> struct counted {
  T number;
  counted(T n) : number(n) { ++trace::live; }
  counted(const counted& other) : number(other.number) { ++trace::live; }
  ~counted() {
    std::printf("    gone: %d\n", int(number));
    number = -1;
    --trace::live;
  }
  const counted& self() const { return *this; }
  const counted* operator->() const { return this; }
  int value() const { return number; }
  [[weft::fiber]] int slowly(int by) const {
    cede(by);
    return number + by;
  }
  friend counted operator+(const counted& a, const counted& b) { return counted(a.number + b.number); }
};

template <class T> static const T& same(const T& value) { return value; }
template <class T> static T&& moved(T&& value) { return std::move(value); }
static const std::string& text(const std::string& s) { return s; }
template <class F> static int called(F&& f) { return f(); }
template <class F> static F&& passed(F&& f) { return std::forward<F>(f); }

[[weft::fiber]] static int use(const counted<int>& x, int k) {
  cede(k);
  const int result = x.number;
  at("use", result);
  return result;
}
[[weft::fiber]] static int use(int x, int k) {
  cede(k);
  const int result = x;
  at("use a number", result);
  return result;
}
[[weft::fiber]] static int use(const std::string& s, int k) {
  cede(k);
  const int result = int(s.size());
  at("use a text", result);
  return result;
}
template <class T> [[weft::fiber]] static int takes(const T& x, int k) {
  cede(k);
  const int result = x.number;
  at("takes", result);
  return result;
}
template <class F> [[weft::fiber]] static int calls(F&& f, int k) {
  cede(k);
  const int result = f();
  at("calls", result);
  return result;
}

template <class T> [[weft::fiber]] static int operands(T one, int k) {
  use(same(T(k)), 1);
  takes(same(T(k + 1)), 1);
  takes(same(same(T(k + 2)).self()), 1);
  use((T(k + 4) + T(k + 5)).self().value(), 1);
  use(T(k + 6)->value(), 1);
  takes(moved(T(k + 7)), 1);
  T(k + 8).self().slowly(1);
  same(T(k + 9) + one).slowly(2);
  return takes(same(T(k + 10) + one), 1);
}

template <class T> [[weft::fiber]] static void positions(T one, int k) {
  if (use(same(T(k)), 1) > 0)
    at("then", k);
  const int a = takes(same(T(k + 1)), 1) + one.number;
  const T& kept = same(one);
  int b[] = {use(same(T(a)), 1), takes(same(kept), 1)};
  for (int i = 0; use(same(T(i)), 1) < 1; ++i)
    at("loop", i + b[0]);
  switch (takes(same(T(3)), 1)) {
  case 3:
    at("three", b[1]);
  }
  at("chosen", cede(true) ? use(same(T(k)), 1) : 0);
  at("both", use(same(T(k)), 1) && takes(same(T(k)), 1));
  use(same(T(k)), 1), takes(same(T(k + 1)), 1);
}

/// Also scalars: `same` refers to one.
template <class T> [[weft::fiber]] static T smaller(T a, T b) {
  cede();
  return std::min(a, b);
}
template <class T> [[weft::fiber]] static void others(T n) {
  at("smaller", int(smaller(same(n + 1), same(n + 2))));
  use(text("converted"), int(n));
  use(text(same(std::string("text"))), int(n));
  const int k = 3;
  use(called([&] { return k + int(n); }), 1);
  calls(passed([&, copy = counted<int>(k)] { return copy.number + int(n); }), 1);
}

/// A generic lambda is a template as well.
[[weft::fiber]] static void lambdas() {
  auto each = [](auto one) {
    using T = decltype(one);
    use(same(T(5)), 1);
    return takes(same(T(6) + one), 1);
  };
  at("lambda", each(counted<int>(7)));
}

template <class T> struct holder {
  T one;
  [[weft::fiber]] int member(int k) {
    use(same(T(k)), 1);
    return takes(same(T(k) + one), 1);
  }
};

[[weft::fiber]] static void body() {
  at("operands", operands(counted<int>(100), 10));
  positions(counted<int>(0), 20);
  others(4);
  others(5L);
  lambdas();
  holder<counted<int>> held{counted<int>(30)};
  at("member", held.member(31));
}

int main() { trace::exercise("template temporaries", body); }
