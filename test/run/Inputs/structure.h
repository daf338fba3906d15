// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fibers that run tests of structured calls start, and how many of them are there.

#ifndef WEFT_TEST_RUN_STRUCTURE_H
#define WEFT_TEST_RUN_STRUCTURE_H

#include "objects.h"

#include <chrono>
#include <weft/fiber.h>

using namespace std::chrono_literals;

inline int inside = 0; ///< Fibers in `work`.
struct visit {
  visit() { ++inside; }
  ~visit() { --inside; }
  visit(const visit&) = delete;
};

/// Pauses `turns` times.
[[weft::fiber]] inline int work(int turns) {
  visit here;
  for (int i = 0; i < turns; ++i)
    weft::this_fiber::yield();
  return turns;
}
[[weft::fiber]] inline int three() { return work(3); }
[[weft::fiber]] inline void forever() {
  for (;;)
    work(1);
}

#endif // WEFT_TEST_RUN_STRUCTURE_H
