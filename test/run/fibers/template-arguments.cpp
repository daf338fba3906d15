// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What templates of fiber functions do with what they are given: conversions,
// results that are handed on, qualified members of bases, conditions.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <memory>
#include <string>

// --- Results ---

template <class T> [[weft::fiber]] T pass(T value) {
  cede();
  return value;
}
template <class T> [[weft::fiber]] T handed_on(T value) { return pass(value); }
template <class T> [[weft::fiber]] const T constant(const T& value) {
  cede();
  return value;
}
[[weft::fiber]] static tracer not_constant(const tracer& t) { return constant(t); }
template <class T> [[weft::fiber]] int named(T value) {
  T first = pass(value), second = handed_on(first);
  const auto third = pass(second);
  const T fourth = constant(third);
  cede();
  return first.number + second.number + third.number + fourth.number;
}
template <class R, class F> [[weft::fiber]] R whatever(F f) {
  cede();
  return f(1);
}
[[weft::fiber]] void results() {
  tracer a("a", 1);
  at("handed on", handed_on(a).number);
  at("constant", not_constant(a).number);
  at("named", named(a));
  whatever<void>([](int n) {
    cede();
    at("void", n);
  });
  at("int", whatever<int>([](int n) { return cede(n); }));
  at("object", whatever<tracer>([](int n) { return cede(n), tracer("result", n); }).number);
  whatever<tracer&>([&](int n) -> tracer& { return cede(n), a; }).number = 5;
  at("a", a.number);
}

// --- Conversions ---

template <class T>
[[weft::fiber]] int log(const T& t, const std::string& s, std::string&& moved, std::string copied,
                        long n, const tracer& object) {
  cede();
  return t.number + static_cast<int>(s.size() + moved.size() + copied.size() + n) + object.number;
}
template <class T> [[weft::fiber]] int logs(T t) {
  std::string name = "name";
  int sum = log(t, "literal", "moved", "copied", 1, t);
  sum += log(t, name, std::string("x"), name, t.number, tracer("in place", 4));
  return sum + log(t, name + "y", name + "z", std::move(name), 'c' - 'a', pass(t));
}
template <class F> [[weft::fiber]] int converts(F f) {
  int sum = f("literal", 3);
  std::string name = "name";
  sum += f(name, 4L);
  sum += f(std::make_unique<std::string>("made")->c_str(), 5);
  return sum + f(name + "x", 'c' - 'a');
}
[[weft::fiber]] void conversions() {
  at("logs", logs(tracer("t", 1)));
  at("by reference", converts([](const std::string& s, int n) {
       cede();
       cede();
       return static_cast<int>(s.size()) + n;
     }));
  at("by value", converts([](std::string s, const long& n) {
       cede();
       s += "y";
       cede();
       return static_cast<int>(s.size() + n);
     }));
  at("at once", converts([](const std::string& s, int n) { return static_cast<int>(s.size()) + n; }));
  auto generic = [](const std::string& s, auto n) {
    cede();
    cede();
    return static_cast<int>(s.size()) + static_cast<int>(n);
  };
  at("generic", converts(generic));
  at("generic", converts([](std::string s, auto n) {
       cede();
       return static_cast<int>(s.size()) + static_cast<int>(n);
     }));
  at("directly", generic("abc", 3) + generic(std::string("x"), 2L));
}

// --- Members of bases ---

template <class T> struct base {
  T value;
  explicit base(T v) : value(std::move(v)) {}
  virtual ~base() = default;
  int plain() const { return value.number; }
  [[weft::fiber]] virtual T get(int n) {
    cede();
    T copy = value;
    copy.number += n;
    return copy;
  }
  [[weft::fiber]] T& reference() {
    cede();
    return value;
  }
};
template <class T> struct derived : base<T> {
  explicit derived(T v) : base<T>(std::move(v)) {}
  [[weft::fiber]] T get(int n) override {
    auto found = base<T>::get(n);
    found.number *= 2;
    return found;
  }
  [[weft::fiber]] int all() {
    int sum = base<T>::reference().number + base<T>::plain() + base<T>::value.number;
    cede();
    auto own = this->get(3);
    return sum + own.number + base<T>::plain();
  }
};
[[weft::fiber]] void members() {
  derived<tracer> d(tracer("d", 1));
  at("all", d.all());
  at("base's", d.base<tracer>::get(2).number);
}

// --- Conditions, and callables that are members ---

template <class F> struct runner {
  F f;
  [[weft::fiber]] int run(int times) {
    int sum = 0;
    for (int i = 0; i < times; ++i)
      sum += f(i);
    return sum;
  }
};
template <class F> [[weft::fiber]] int conditions(F f) {
  int found = f(1) ? 3 : 4;
  if (f(2))
    found += 5;
  switch (f(2)) {
  case 2:
    found += 10;
    break;
  default:
    found += 20;
  }
  for (int i = 0; f(i) < 2; ++i)
    found += f(i);
  do
    found++;
  while (f(found) < 5);
  if (auto last = f(4))
    found += static_cast<int>(last);
  runner<F> more{f};
  return found + more.run(2);
}
[[weft::fiber]] void tests() {
  at("int", conditions([](int n) { return cede(n); }));
  at("long", conditions([](long n) { return cede(), n; }));
  at("at once", conditions([](int n) { return n; }));
}

// --- Lambdas in templates ---

template <class T> [[weft::fiber]] int lambdas(T t) {
  auto mixed = [&](auto u, T v) {
    cede();
    return t.number + u.number + v.number;
  };
  auto typed = [](T a, const T& b) {
    cede();
    return a.number + b.number;
  };
  const T bound("bound", 5);
  int sum = mixed(t, t) + mixed(T("x", 2), bound);
  return sum + typed(t, bound) + typed(T("y", 6), t);
}
[[weft::fiber]] void in_templates() { at("lambdas", lambdas(tracer("a", 1))); }

int main() {
  trace::exercise("results", results);
  trace::exercise("conversions", conversions);
  trace::exercise("members", members);
  trace::exercise("tests", tests);
  trace::exercise("in templates", in_templates);
}
