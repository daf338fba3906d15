// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lambdas that suspend: captures of all kinds, stored, called at once, handed to
// weft::function, nested.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

[[weft::fiber]] int apply(weft::function<int(int)> f, int n) {
  int first = f(n);
  return first + f(n + 1);
}
static int plain(int n) { return n * 2; }
static int suspends(int n) {
  cede();
  return n * 3;
}

[[weft::fiber]] void captures() {
  tracer by_copy("by copy", 1), by_reference("by reference", 2);
  int count = 0;
  auto f = [by_copy, &by_reference, &count, extra = tracer("init", 3)](int n) mutable {
    cede();
    ++count;
    by_copy.number += n;
    return by_copy.number + by_reference.check().number + extra.number;
  };
  at("f", f(10));
  at("f", f(10));
  at("count", count);
  auto all = [=] { return cede(by_copy.number) + count; };
  at("all", all());
  auto everything = [&]() -> tracer& {
    cede();
    by_reference.number += 1;
    return by_reference;
  };
  at("everything", everything().number);
  at("at once", [&](int n) { return suspends(n) + count; }(5));
  at("with a pause", [](int n) { return n + 1; }(cede(6)));
  at("with a pause", [&](int n) { return n + count; }(cede(7)));
}
[[weft::fiber]] void functions() {
  at("plain", apply(plain, 1));
  at("suspends", apply(suspends, 2));
  tracer t("t", 4);
  at("lambda", apply([&t](int n) { return cede(n) + t.number; }, 3));
  at("ordinary lambda", apply([&t](int n) { return n + t.number; }, 3));
  weft::function<tracer(const tracer&)> pass = [](const tracer& object) {
    cede();
    return tracer("result", object.number);
  };
  tracer passed = pass(t);
  at("passed", passed.number);
}
[[weft::fiber]] void nested() {
  tracer outer("outer", 1);
  auto f = [&](int n) {
    tracer inner("inner", n);
    auto g = [&, n](int m) {
      cede();
      return outer.number + inner.number + n + m;
    };
    int sum = g(1);
    return sum + g(2);
  };
  at("f", f(7));
  // A copy is const in a lambda that is not mutable, also for one inside.
  auto copies = [outer](int n) {
    auto inner = [&] { return cede(n) + outer.check().number; };
    return inner() + inner();
  };
  at("copies", copies(9));
}
struct holder {
  int value = 3;
  [[weft::fiber]] int get() {
    auto f = [this](int n) { return cede(n) + value; };
    auto g = [=](int n) { return f(n) + this->value; };
    // Made by a lambda that does not suspend.
    auto make = [this] { return [this](int n) { return cede(n) + value; }; };
    auto h = make();
    int factor = 2;
    auto product = [&, this] { return factor * value; };
    return g(4) + h(5) + product();
  }
};
[[weft::fiber]] void members() {
  holder h;
  at("get", h.get());
}

int main() {
  trace::exercise("captures", captures);
  trace::exercise("functions", functions);
  trace::exercise("nested", nested);
  trace::exercise("members", members);
}
