// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One member out of the class.

#include "money.h"

money money::times(int factor, int divisor) const {
  tick();
  return {cents * factor / divisor};
}
