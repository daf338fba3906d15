// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls in conditions, loops, switches, handlers, assignments and ways out.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

static bool less(int a, int b) {
  cede();
  return a < b;
}
static tracer make(int n) {
  cede();
  return tracer("made", n);
}
static void fails(int n) {
  tracer guard("guard", n);
  cede();
  if (n % 2 == 0)
    throw n;
}

[[weft::fiber]] void loops() {
  int i = 0;
  while (less(i, 3)) {
    tracer t("while", i);
    if (i == 1) {
      ++i;
      continue;
    }
    cede();
    ++i;
  }
  for (int k = cede(0); less(k, 4); k += cede(1)) {
    tracer t("for", k);
    if (k == 3)
      break;
  }
  do {
    tracer t("do", i);
    --i;
  } while (less(0, i));
  for (int each : {1, 2, 3}) {
    if (each == 2 && i == 0)
      continue;
    at("each", cede(each));
  }
}
[[weft::fiber]] void choices() {
  if (tracer t = make(1); less(t.number, 2))
    at("less", t.number);
  else
    at("not less");
  switch (cede(2)) {
  case 1:
    at("one");
    break;
  case 2: {
    tracer two("two");
    cede();
    at("two");
    [[fallthrough]];
  }
  case 3:
    at("three", make(3).number);
    break;
  default:
    at("default");
  }
  int n = 0;
again:
  tracer label("label", n);
  if (less(n, 2)) {
    ++n;
    goto again;
  }
}
[[weft::fiber]] int assigns() {
  int sum = 1;
  sum = cede(2) + sum;
  sum += cede(3);
  sum -= make(1).number;
  int values[3] = {0, 0, 0};
  values[sum - 4] = cede(7);
  tracer kept("kept");
  kept = make(5);
  return sum + values[0] + kept.number;
}
[[weft::fiber]] void assignments() { at("assigns", assigns()); }
[[weft::fiber]] void handlers() {
  for (int n = 0; n < 4; ++n) {
    tracer t("round", n);
    try {
      tracer inside("inside", n);
      fails(n);
      at("passed", n);
      if (n == 3)
        return;
    } catch (int caught) {
      at("caught", caught);
      cede();
      try {
        fails(caught + n);
      } catch (...) {
        at("caught again", n);
        tracer late("late");
        cede();
        if (n == 2)
          continue;
      }
      at("after", make(caught).number);
    }
  }
}

int main() {
  trace::exercise("loops", loops);
  trace::exercise("choices", choices);
  trace::exercise("assignments", assignments);
  trace::exercise("handlers", handlers);
}
