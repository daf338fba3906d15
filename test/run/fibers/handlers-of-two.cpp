// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two fibers that pause in handlers of exceptions, in turns: each goes on with its
// own, and nothing is handled between them.

// ORACLE: expected
// RUN: %check %s %t

/* EXPECTED
  at handles 1
  at between 0
  at handles 2
  at again 1
  at again 2
  at left 1 by 1
  at left 2 by 2
  at handled at last 0
*/

#include "objects.h"

#include <weft/fiber.h>

static int handled_now() { return std::current_exception() ? 1 : 0; }

static void rethrows(int n) {
  try {
    throw n;
  } catch (int caught) {
    at("handles", caught);
    weft::this_fiber::yield();
    try {
      throw;
    } catch (int again) {
      at("again", again);
      weft::this_fiber::yield();
    }
    throw;
  }
}
static void catches(int n) {
  try {
    rethrows(n);
  } catch (int caught) {
    std::printf("  at left %d by %d\n", n, caught);
  }
}

int main() {
  weft::run([] {
    auto first = weft::spawn(catches, 1);
    auto between = weft::spawn([] { at("between", handled_now()); });
    auto second = weft::spawn(catches, 2);
    first.join();
    between.join();
    second.join();
  });
  at("handled at last", handled_now());
}
