// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A closure that is handed to a fiber lives as long as the fiber, whatever becomes
// of the expression that made it.

// ORACLE: expected
// RUN: %check %s %t

/* EXPECTED
  + captured 1
  copy captured 1
  move captured 1
  - moved-from 1
  - captured 1
  at spawned 0
  at before 1
  at after 1
  - captured 1
  at joined 0
  live 0
*/

#include "objects.h"

#include <weft/fiber.h>

static weft::task<void> start() {
  tracer t("captured", 1);
  return weft::spawn([t = std::as_const(t)] {
    at("before", t.check().number);
    weft::this_fiber::yield();
    at("after", t.check().number);
  });
}

int main() {
  weft::run([] {
    auto task = start();
    at("spawned", 0);
    task.join();
    at("joined", 0);
  });
  trace::end_of_section();
}
