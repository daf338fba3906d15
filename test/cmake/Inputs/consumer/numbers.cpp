// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "numbers.h"

[[weft::coroutine]] weft::generator<int> evens(int limit) {
  for (int n = 0; n < limit; n += 2)
    weft::yield(n);
}
