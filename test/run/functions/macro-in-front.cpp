// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Coroutines whose declarations begin with a macro.

// RUN: %check %s %t

#include "objects.h"

#include <weft/coroutine.h>

#define COROUTINE [[weft::coroutine]]
#define API inline
#define STATIC static

COROUTINE weft::generator<int> count(int to);
STATIC weft::generator<int> inferred(int to) {
  tracer t("inferred", to);
  weft::yield(t.number);
}
[[weft::coroutine]] API weft::generator<int> api(int to) {
  for (int i : inferred(to))
    weft::yield(i);
}
COROUTINE weft::generator<int> count(int to) {
  if (to > 0) {
    weft::yield(to);
    weft::yield_from(count(to - 1));
  }
}
struct holder {
  int value = 7;
  COROUTINE API weft::generator<int> items() { weft::yield(value); }
};

int main() {
  for (int i : count(3))
    at("count", i);
  for (int i : api(4))
    at("api", i);
  holder h;
  for (int i : h.items())
    at("items", i);
}
