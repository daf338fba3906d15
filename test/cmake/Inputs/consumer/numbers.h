// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef NUMBERS_H
#define NUMBERS_H

#include <weft/coroutine.h>

// Defined in one translation unit, used in another.
weft::generator<int> evens(int limit);

// Transformed in every translation unit that includes this header.
[[weft::coroutine]] inline weft::generator<int> odds(int limit) {
  for (int n = 1; n < limit; n += 2)
    weft::yield(n);
}

#endif // NUMBERS_H
