// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A million calls and waits in a loop, that pause or do not: none leaves anything
// on the native stack.

// ORACLE: expected
// RUN: %check %s %t

/* EXPECTED
  ready 1000000
  called 1000000
  paused 100000
*/

#include "objects.h"

#include <weft/await.h>
#include <weft/fiber.h>

struct ready {
  int value;
  bool await_ready() const { return true; }
  void await_suspend(weft::handle) {}
  int await_resume() const { return value; }
};

static int called(int n, bool pauses) {
  if (pauses)
    weft::this_fiber::yield();
  return n;
}
static void runs() {
  int sum = 0;
  for (int i = 0; i < 1000000; ++i)
    sum += weft::await(ready{1});
  trace::print("ready", sum);
  sum = 0;
  for (int i = 0; i < 1000000; ++i)
    sum += called(1, false);
  trace::print("called", sum);
  sum = 0;
  for (int i = 0; i < 100000; ++i)
    sum += called(1, true);
  trace::print("paused", sum);
}

int main() { weft::run(runs); }
