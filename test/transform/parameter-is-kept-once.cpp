// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A large parameter is in its function's frame and nowhere else: callers construct
// it there.

// RUN: %weft %s -o %t.cpp -- -std=c++17 -I%runtime
// RUN: %gxx -std=c++17 -I%runtime -fsyntax-only %t.cpp
// RUN: %clangxx -std=c++17 -I%runtime -fsyntax-only %t.cpp

#include <weft/coroutine.h>
#include <weft/fiber.h>

struct big {
  char bytes[1000];
};

[[weft::coroutine]] weft::generator<int> walks(big all) {
  for (char each : all.bytes)
    weft::yield(each);
}
[[weft::fiber]] int first(big all) {
  weft::this_fiber::yield();
  return all.bytes[0];
}
[[weft::fiber]] int of_callers() { return first(big()) + first(big{{1}}); }

#ifdef WEFT_TRANSFORMED
static_assert(sizeof(walks_frame) < 1000 + 200);
static_assert(sizeof(first_frame) < 1000 + 200);
// The two callees are not there at once, but for the result of the first.
static_assert(sizeof(of_callers_frame) < 1000 + 300);
#endif
