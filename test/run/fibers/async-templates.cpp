// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Async generators that are templates, or members of class templates: calls that
// depend, ranges of which only the instantiation tells that they wait.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <vector>
#include <weft/async_generator.h>

using namespace trace;

// Free; what it calls depends.
template <class T> [[weft::fiber]] T half(T value) {
  cede();
  return value / 2;
}
template <class T> [[weft::coroutine]] weft::async_generator<T> halves(T from) {
  tracer whole("halves");
  while (from > 0) {
    tracer each("each", static_cast<int>(from));
    weft::yield(from);
    from = half(from);
  }
  cede();
}
template <class T, class F>
[[weft::coroutine]] weft::async_generator<int> mapped(std::vector<T>* of, F f) {
  for (T& each : *of) {
    int value = f(each);
    weft::yield(value);
    at("behind", value);
  }
}
[[weft::fiber]] static void free_ones() {
  for (int each : halves(5))
    at("int", each);
  auto g = halves(3L);
  while (g.next())
    at("long", g.value());
  std::vector<int> some{1, 2};
  for (int each : mapped(&some, [](int n) { return cede(n) * 10; }))
    at("suspending", each);
  for (int each : mapped(&some, [](int n) { return n * 100; }))
    at("plain", each);
}

// Objects, by reference and as temporaries.
template <class T> [[weft::fiber]] T made(const char* name) {
  cede();
  return T(name, 1);
}
template <class T> [[weft::coroutine]] weft::async_generator<T> objects(T* given) {
  T own("own");
  weft::yield(own);
  cede();
  weft::yield(*given);
  weft::yield(T("temporary", cede(3)));
  weft::yield(made<T>("made"));
  at("gone");
}
template <class T> [[weft::coroutine]] weft::async_generator<T&> references(int times) {
  for (int i = 0; i < times; ++i) {
    T inner("inner", i);
    for (T& each : objects(&inner))
      weft::yield(each);
  }
}
[[weft::fiber]] static void of_objects() {
  tracer given("given");
  for (tracer& each : objects(&given))
    at(each.check().name, each.number);
  auto g = references<movable>(1);
  while (g.next())
    at(g.value().check().name);
}

// Members of class templates, and member templates.
template <class T> struct shelf {
  std::vector<T> items;
  int factor = 1;

  [[weft::coroutine]] weft::async_generator<T> all() {
    tracer own("all");
    for (const T& each : items) {
      cede();
      weft::yield(each * factor);
    }
  }
  template <class F> [[weft::coroutine]] weft::async_generator<T> where(F keep) {
    for (T each : all())
      if (keep(each))
        weft::yield(each);
  }
  [[weft::coroutine]] static weft::async_generator<int> counted(int to);
  [[weft::fiber]] T sum() {
    T sum = 0;
    for (const T& each : this->all())
      sum += each;
    return sum;
  }
};
template <class T>
[[weft::coroutine]] weft::async_generator<int> shelf<T>::counted(int to) {
  for (int i = 0; i < to; ++i) {
    tracer each("counted", i);
    weft::yield(cede(i));
  }
}
[[weft::fiber]] static void members() {
  shelf<int> s{{1, 2, 3}, 2};
  for (int each : s.where([](int n) { return cede(n) != 4; }))
    at("where", each);
  at("sum", s.sum());
  for (int each : shelf<char>::counted(2))
    at("static", each);
}

// Only the instantiation tells that the range waits, or that nothing does.
template <class R> [[weft::fiber]] int total(R range) {
  int sum = 0;
  for (int each : range) {
    tracer body("body", each);
    if (each == 1)
      continue;
    sum += each;
  }
  return sum;
}
template <class R> [[weft::coroutine]] weft::async_generator<int> doubled(R* range) {
  tracer own("doubled");
  for (auto&& each : *range) {
    tracer body("body", each);
    weft::yield(each * 2);
    if (each == 2)
      break;
  }
  at("behind");
}
template <class T> static T last(weft::async_generator<T> of) {
  T found = 0;
  for (T& each : of)
    found = each;
  return found;
}
[[weft::fiber]] static void ranges() {
  at("total", total(halves(4)));
  auto numbers = halves(3);
  auto once = doubled(&numbers);
  for (int each : doubled(&once))
    at("doubled", each);
  at("last", last(halves(2L)));
}

// Lambdas in them, and generic ones.
template <class T> [[weft::coroutine]] weft::async_generator<T> steps(T from, T to) {
  auto next = [&](T step) {
    tracer inside("step", static_cast<int>(step));
    from += cede(step);
    return from < to;
  };
  while (next(1))
    weft::yield(from);
}
[[weft::fiber]] static void lambdas() {
  for (int each : steps(0, 3))
    at("step", each);
}

int main() {
  exercise("free_ones", free_ones);
  exercise("of_objects", of_objects);
  exercise("members", members);
  exercise("ranges", ranges);
  exercise("lambdas", lambdas);
}
