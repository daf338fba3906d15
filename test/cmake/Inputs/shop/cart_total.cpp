// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Weft's header after others.

#include "cart.h"

money cart::total() const {
  money sum;
  for (const line& each : lines_) {
    note(each.item->describe(), each.amount);
    sum = sum.plus(each.sum());
  }
  return sum;
}
