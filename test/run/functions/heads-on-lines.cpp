// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Heads on several lines, with comments between their words, and strings that are
// themselves on several lines.

// ORACLE: expected
// RUN: %check %s %t

#include <weft/fiber.h>

#include <cstdio>
#include <type_traits>

template <class T, // NOLINT(of anything): "not
          // a string"
          std::enable_if_t<std::is_integral_v<T>, // and one more
                           int> = 0 /* and
                           lines */>
[[weft::fiber]] T twice(T value, // what is doubled
                        int = 1 /* unnamed */) {
  weft::this_fiber::yield();
  return value * 2;
}

[[weft::fiber]] int length(const char* text = R"(one
// two
   "three)", // of
                           int more = 0 /* nothing */);

[[weft::fiber]] int length(const char* text, // here, too
                           int more) {
  weft::this_fiber::yield();
  int count = more;
  while (*text++ != '\0')
    ++count;
  return count;
}

struct counter {
  int value = 0;
  [[weft::fiber]] int // the result
  operator+=(int n)   // an operator
  {
    weft::this_fiber::yield();
    return value += n;
  }
};

[[weft::fiber]] int main() {
  counter c;
  c += 3;
  std::printf("%d %ld %d %d %d\n", twice(4), twice(5L), length(), length("four"), c += 1);
}

/* EXPECTED
8 10 20 4 4
*/
