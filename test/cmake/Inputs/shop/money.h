// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A class whose members are defined here and elsewhere.

#ifndef SHOP_MONEY_H
#define SHOP_MONEY_H

#include "clock.h"

struct money {
  int cents = 0;

  [[weft::fiber]] money plus(money other) const {
    tick();
    return {cents + other.cents};
  }
  [[weft::fiber]] money times(int factor, int divisor = 1) const;
  [[weft::fiber]] static money parse(const std::string& text);
};

#endif
