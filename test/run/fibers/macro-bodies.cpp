// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fiber functions and lambdas whose text, in whole or in part, is an argument or
// the body of a macro: such a macro call is written out.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <string>

// The head from a macro, as test frameworks do.
#define CASE(name)                                                              \
  [[maybe_unused]] static int name##_prepares(int n) { return n + 1; }          \
  [[weft::fiber]] static void name()
// The whole function.
#define GETTER(type, name, field)                                               \
  int name##_calls = 0;                                                         \
  [[weft::fiber]] type get_##name() { ++name##_calls; cede(); return field; }
#define CONVERTER(...)                                                          \
  using number_type = int; template <__VA_ARGS__> [[weft::fiber]] T converted() { \
    T made = T(get_number()); return made;                                      \
  }
#define PAIR(name)                                                              \
  int name##_plain(int n); [[weft::fiber]] int name(int n = 7);
#define BODY { tracer t("body", 1); cede(); return n + t.number; }
#define OPEN {
#define CLOSE }
#define LITERAL(text) text
// What is handed on, evaluated once, named twice.
#define CHECK(value, expected)                                                  \
  do {                                                                          \
    at(#value, (value) == (expected));                                          \
  } while (0)
#define TWICE(value) ((value) + (value))
#define SECOND_FIRST(first, second) ((second) - (first))
#define EACH(of) of(alpha) of(beta)
#define DEFINE(name) [[weft::fiber]] int name(int n) { cede(n); return n; }
#define SUM(name) + name(10)

PAIR(second)
[[weft::fiber]] int second(int n) BODY
int second_plain(int n) { return n; }
EACH(DEFINE)
static int braces(int n) OPEN
  cede(n);
  return n * 2;
CLOSE

struct holder {
  tracer kept{"kept", 4};
  GETTER(int, number, kept.check().number)
  GETTER(holder&, self, *this)
  CONVERTER(class T)
};

CASE(first_case) {
  at("prepared", first_case_prepares(1));
  holder h;
  at("number", h.get_number());
  at("self", h.get_self().number_calls);
  at("converted", h.converted<long>());
}

CASE(arguments) {
  CHECK(second(), 8);
  CHECK(TWICE(second(2)), 6);
  CHECK(SECOND_FIRST(second(1), second(2)), 1);
  int sum = 0 EACH(SUM);
  at("sum", sum);
  at("braces", braces(4));
}

CASE(lambdas) {
  int outer = 5;
  CHECK([&] {
    tracer t("in an argument", outer);
    cede(); // A comment.
    return t.number + second(1);
  }(), 7);
  CHECK(TWICE([&](int n) {
          tracer t("twice", n);
          cede(n);
          CHECK(second(n), n + 1);
          return t.check().number;
        }(outer)),
        10);
  at("after", outer);
}

struct printer {
  std::string text;
  printer& operator<<(const char* more) { return text += more, *this; }
  printer& operator<<(int more) { return text += std::to_string(more), *this; }
};
static printer& output(printer& to) {
  cede();
  return to;
}
// An operand that ends in a macro's call.
CASE(operands) {
  printer to;
  output(to) << LITERAL("a \"") << second(1) << LITERAL("\" b");
  to << LITERAL("c") << second(2) << LITERAL("d") << LITERAL("e");
  CHECK((output(to) << LITERAL("f") << second(3) << LITERAL("g")).text, "a \"2\" bc3def4g");
  CHECK(to.text, "a \"2\" bc3def4g");
}

[[weft::fiber]] void all() {
  first_case();
  operands();
  arguments();
  lambdas();
}

[[weft::fiber]] int doubled(int n) {
  weft::this_fiber::yield();
  return 2 * n;
}

int main() {
  CHECK(weft::run(doubled, 3), 6);
  CHECK(weft::run([](int n) {
          weft::this_fiber::yield();
          return doubled(n) + weft::spawn(doubled, n).get();
        }, 3),
        12);
  trace::exercise("macro bodies", all);
}
