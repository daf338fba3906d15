// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a function keeps is gone when its result can be seen, by its caller and by
// whoever waits for the task; and an object that dies because its fiber was
// cancelled may cancel it again.

// ORACLE: expected
// RUN: %check %s %t

/* EXPECTED
  + lock 1
  at waits
  - lock 1
  at result 5
  + lock 2
  - lock 2
  at called 6
  + guard 0
  + inner 0
  - inner 0
  at cancels again
  - guard 0
  at ended 1
  live 0
*/

#include "objects.h"

#include <weft/fiber.h>

static int locked(int n) {
  tracer lock("lock", n);
  weft::this_fiber::yield();
  return n + 4;
}

struct cancels_again {
  weft::task<void>& task;
  tracer object{"guard"};
  ~cancels_again() {
    at("cancels again");
    task.cancel();
  }
};
static void guarded(weft::task<void>& self) {
  cancels_again guard{self};
  tracer inner("inner");
  weft::this_fiber::yield();
  at("not reached");
}

int main() {
  weft::run([] {
    auto task = weft::spawn(locked, 1);
    weft::this_fiber::yield();
    at("waits");
    at("result", task.get());
    at("called", locked(2));
  });
  weft::run([] {
    weft::task<void> task;
    task = weft::spawn(guarded, std::ref(task));
    weft::this_fiber::yield();
    task.cancel();
    task.join();
    at("ended", task.done());
  });
  trace::end_of_section();
}
