// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Inline, declared and static fiber functions.

#pragma once

#include <weft/fiber.h>

/// Lets the others run `times` times.
[[weft::fiber]] inline void tick(int times = 1) {
  for (int i = 0; i < times; ++i)
    weft::this_fiber::yield();
}

[[weft::fiber]] int now();

static inline int later(int by) { return now() + by; }
