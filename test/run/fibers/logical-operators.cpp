// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Overloaded `&&`, `||` and `,`: both operands are evaluated, the left one first. In a
// template the instantiations tell whether an operator is the built-in one.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

struct logic {
  tracer t;
  explicit operator bool() const {
    at("bool", t.number);
    return t.number != 0;
  }
  int operator,(int n) const {
    at("comma", t.check().number * 10 + n);
    return n;
  }
};
static int operator&&(const logic& a, const logic& b) {
  at("and", a.t.check().number * 10 + b.t.check().number);
  return a.t.number && b.t.number;
}
static int operator||(const logic& a, int b) {
  at("or", a.t.check().number * 10 + b);
  return a.t.number || b;
}
static int operator,(const logic& a, const logic& b) {
  at("comma", a.t.check().number * 10 + b.t.check().number);
  return b.t.number;
}
static logic make(const char* name, int n) {
  cede();
  return {tracer(name, n)};
}
static logic plain(const char* name, int n) { return {tracer(name, n)}; }
static logic& seen(const char* what, logic& l) {
  at(what, l.t.number);
  return l;
}

[[weft::fiber]] static void overloaded() {
  at("right", plain("left", 0) && make("right", 1));
  at("left", make("left", 1) && plain("right", 0));
  at("both", make("left", 1) && make("right", 1));
  at("or", plain("left", 1) || cede(2));
  at("comma", (plain("left", 1), make("right", 2)));
  at("both", (make("left", 1), make("right", 2)));
  logic kept = make("kept", 3);
  at("lvalue", seen("kept", kept) && make("right", 1));
  at("nested", (make("a", 1) && make("b", 1)) && cede(1));
  if (kept && make("right", 1))
    at("if", 1);
  if (static_cast<bool>(make("built in", 0)) && cede(true))
    at("never", 1);
}

template <class T> [[weft::fiber]] static void built_in(T value) {
  at("and", value && cede(1));
  at("or", value || cede(1));
  at("comma", (at("left", value), cede(1)));
  for (T i = 0; i < value; ++i, cede())
    at("i", i);
}
/// None of the names that it uses says what the operators are.
template <class T> [[weft::fiber]] static void member(const T& value) {
  at("comma", (value, cede(2)));
}
[[weft::fiber]] static void dependent() {
  built_in(0);
  built_in(2L);
  member(logic{tracer("object", 4)});
}

int main() {
  trace::exercise("overloaded", overloaded);
  trace::exercise("dependent", dependent);
}
