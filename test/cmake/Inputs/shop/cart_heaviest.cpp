// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Weft's header before and after; a lambda that suspends.

#include <weft/fiber.h>

#include "cart.h"
#include <weft/fiber.h>

int cart::heaviest() const {
  int most = 0;
  auto better = [&](const line& each) { return each.sum().cents > most; };
  for (const line& each : lines_)
    if (better(each))
      most = each.sum().cents;
  return most;
}
