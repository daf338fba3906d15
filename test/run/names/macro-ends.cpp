// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An expression that begins or ends in an argument of a macro, and pauses there.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#define SAME(...) __VA_ARGS__
#define ONE(x) x
#define TWICE(x) (x) + (x)

[[weft::fiber]] static void ends(int given) {
  at("argument", SAME(cede(1)));
  at("one", ONE(cede(2)));
  int one = ONE(cede(3));
  given = SAME(cede(4)) + 1;
  int sum = SAME(cede(5) + 1) + 2;
  int begins = SAME(cede(6)) + 2;
  int lines = SAME(cede(7) +
                   given);
  const int line = __LINE__;
  int nested = ONE(SAME(cede(8)));
  int last = ONE(1 + cede(9));
  at("line", __LINE__ - line);
  at("all", one + given + sum + begins + lines + nested + last);
  at("twice", TWICE(one + 1) + ONE(cede(10)));
}

[[weft::fiber]] static void body() {
  ends(3);
  auto lambda = [](int given) {
    int x = SAME(cede(given) + 1);
    return ONE(x);
  };
  at("lambda", lambda(2));
}

int main() { trace::exercise("macros", body); }
