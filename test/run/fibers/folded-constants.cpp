// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Constants whose initialisers name a call that suspends and is never evaluated:
// they stay constants.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

enum class mode { slow = 2, fast = 7 };
[[weft::fiber]] static mode choose() {
  cede();
  return mode::slow;
}

template <int N> int as_argument() { return N; }

[[weft::fiber]] void all() {
  tracer t("object", 3);
  const int width = (6 > 3 || cede(t.number) > 2) ? 4 : cede(t.number);
  constexpr long more = true ? 5 : width, least = -3;
  const mode how = false ? choose() : mode::fast;
  int numbers[width] = {1, 2};
  cede();
  switch (t.number + 1) {
  case width:
    at("width", width);
  }
  at("numbers", sizeof numbers / sizeof *numbers + numbers[1]);
  at("argument", as_argument<width>() + more + least);
  at("how", how == mode::fast);
  const int evaluated = t.number ? cede(8) : 1;
  cede();
  at("evaluated", evaluated);
}

int main() { trace::exercise("folded constants", all); }
