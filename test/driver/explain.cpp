// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// --explain says by which calls a function suspends: a range-for's, too; and who
// does instead of a coroutine function.

// RUN: %weft --explain=sum %s -- -std=c++17 -I%runtime | FileCheck --check-prefix=SUM %s
// RUN: %weft --explain=numbers %s -- -std=c++17 -I%runtime | FileCheck --check-prefix=NUMBERS %s

#include <weft/fiber.h>

[[weft::coroutine]] weft::async_generator<int> numbers() {
  weft::this_fiber::yield();
  weft::yield(1);
}
// NUMBERS: explain.cpp:[[#@LINE-4]]:48: 'numbers' does not suspend; 'next()' of what it returns does

static int sum() {
  int n = 0;
  for (int each : numbers())
    n += each;
  return n;
}
// SUM: explain.cpp:[[#@LINE-4]]:17: 'sum' calls 'weft::async_generator<int>::begin'
// SUM-NEXT: async_generator.h:{{[0-9:]*}} 'weft::async_generator<int>::begin' suspends the fiber

int main() { return weft::run(sum); }
