// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A template that nobody instantiates: what its calls are for does not show, and it
// compiles all the same.

// ORACLE: expected
// RUN: %check %s %t

#include <weft/fiber.h>
template <class T> struct reader {
  T source;
  [[weft::fiber]] bool inner(bool b) { weft::this_fiber::yield(); return b; }
  [[weft::fiber]] void nothing() { weft::this_fiber::yield(); }
  [[weft::fiber]] bool outer() { nothing(); if (!inner(false)) return false; source.f(); return inner(true) && !source.g(); }
};
[[weft::fiber]] int main() { weft::this_fiber::yield(); }

/* EXPECTED
*/
