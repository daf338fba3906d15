// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What Weft does not transform is refused, by the name that users know.

// RUN: not %weft --check %s -- -std=c++17 -fopenmp -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

#include <cstdarg>

[[weft::coroutine]] weft::generator<int> computed() {
  void* to = &&end;
// CHECK: [[#@LINE-1]]:14: error: the address of a label cannot be used in a function that suspends [weft-unsupported]
  weft::yield(1);
  goto *to;
// CHECK: [[#@LINE-1]]:3: error: {{.*}}goto cannot be used in a function that suspends [weft-unsupported]
end:
  weft::yield(2);
}
[[weft::coroutine]] weft::generator<int> assembly() {
  weft::yield(1);
  asm goto("" : : : : end);
// CHECK: [[#@LINE-1]]:3: error: {{.*}} cannot be used in a function that suspends [weft-unsupported]
  weft::yield(2);
end:
  weft::yield(3);
}
[[weft::coroutine]] weft::generator<int> listed(std::va_list list) {
  weft::yield(va_arg(list, int));
// CHECK: [[#@LINE-1]]:15: error: 'va_arg' cannot be used in a function that suspends [weft-unsupported]
}
[[weft::coroutine]] weft::generator<int> parallel(int n) {
  int sum = 0;
#pragma omp parallel for
// CHECK: [[#@LINE-1]]:1: error: OpenMP cannot be used in a function that suspends [weft-unsupported]
  for (int i = 0; i < n; ++i) sum += i;
// CHECK: [[#@LINE-1]]:3: error: a captured statement cannot be used in a function that suspends [weft-unsupported]
  weft::yield(sum);
}
