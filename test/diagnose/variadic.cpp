// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C-style variable arguments are gone after the call.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <cstdarg>
#include <weft/coroutine.h>
#include <weft/fiber.h>

[[weft::coroutine]] weft::generator<int> many(int count, ...) {
// CHECK: [[#@LINE-1]]:42: error: a function that suspends cannot have C-style variable arguments [weft-variadic]
  weft::yield(count);
}
[[weft::fiber]] int count(int first, ...) {
// CHECK: [[#@LINE-1]]:21: error: a function that suspends cannot have C-style variable arguments [weft-variadic]
  weft::this_fiber::yield();
  return first;
}
[[weft::fiber]] int counted(int first, std::va_list) {
// CHECK: [[#@LINE-1]]:21: error: a function that suspends cannot have C-style variable arguments [weft-variadic]
  return first;
}
[[weft::fiber]] int characters(char** list, char* one) { return *list == one; }
