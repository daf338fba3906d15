// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Function objects: a fiber function and a lambda behind one type.

#include "cart.h"
#include "clock.h"

static int count(weft::function<int(int)> step, int from) {
  int sum = 0;
  for (int i = from; i > 0; --i)
    sum += step(i);
  return sum;
}
static int doubled(int n) {
  tick();
  return 2 * n;
}
[[weft::fiber]] int archived(int from) {
  int first = count(doubled, from);
  return first + count([&](int n) { return now() * 0 + n * first; }, 2);
}
