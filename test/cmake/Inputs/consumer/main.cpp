// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "numbers.h"
#include <iostream>
#include <weft/coroutine.h>

int plain();

[[weft::coroutine]] static weft::generator<int> squares(int limit) {
  for (int n = 0; n < limit; ++n)
    weft::yield(n * n);
}

int main() {
  for (int n : evens(6))
    std::cout << n << ' ';
  for (int n : odds(6))
    std::cout << n << ' ';
  for (int n : squares(4))
    std::cout << n << ' ';
  std::cout << plain() << '\n';
}
