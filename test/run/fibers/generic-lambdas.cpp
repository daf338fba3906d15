// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lambdas with `auto` parameters, and lambdas in templates.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <string>

[[weft::fiber]] void parameters() {
  auto by_value = [](auto t) {
    cede();
    t.number += 1;
    return t.number;
  };
  tracer a("a", 1);
  at("copied", by_value(a));
  at("made", by_value(tracer("b", 2)));
  at("untouched", a.number);
  auto by_reference = [](auto& t, const auto& u, auto&& v, auto* w, int n) {
    cede();
    t.number += u.number + v.number + w->number + n;
    cede();
  };
  by_reference(a, tracer("c", 3), tracer("d", 4), &a, 5);
  by_reference(a, a, a, &a, 1);
  at("a", a.number);
  int total = 0;
  auto into_total = [&](auto n) mutable { total += cede(n); };
  into_total(3);
  into_total('a' - 'a' + 4L);
  at("total", total);
  auto spelled = [&total](const auto& n) -> int { return cede(n) + total; };
  at("spelled", spelled(1) + spelled(2));
  auto made = [](auto n) { return cede(n), tracer("made", n); };
  at("made", made(6).number);
  tracer kept = made(7);
  at("kept", kept.number);
}

template <class F, class T> [[weft::fiber]] int apply(F f, T value) {
  int first = f(value);
  auto second = f(tracer("other", 3));
  return first + second;
}
template <class T> [[weft::fiber]] int inside(T value) {
  auto add = [&](int n) {
    cede();
    return value.number + n;
  };
  auto scale = [value](auto n) -> int { return cede(n) * value.number; };
  auto nothing = [&] { cede(); };
  nothing();
  int sum = add(1);
  sum += scale(2);
  return sum;
}
[[weft::fiber]] void templates() {
  tracer a("a", 1);
  at("apply", apply([](const auto& t) { return cede(t.number); }, a));
  at("apply", apply([&](auto t) { return cede(t.number) + a.number; }, a));
  at("apply", apply([&](const auto& t) { return t.number; }, a));
  at("inside", inside(a));
}

int main() {
  trace::exercise("parameters", parameters);
  trace::exercise("templates", templates);
}
