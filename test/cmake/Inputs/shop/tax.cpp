// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Defined apart.

#include "tax.h"

money with_tax(money net, int percent) {
  money tax = net.times(percent, 100);
  return net.plus(tax);
}
