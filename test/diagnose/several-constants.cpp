// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Constants are declared one by one.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<int> limits() {
  constexpr int low = 1, high = 2;
// CHECK: [[#@LINE-1]]:3: error: {{.*}}declare {{.*}}constants{{.*}} one by one [weft-several-constants]
  weft::yield(low);
  weft::yield(high);
}
