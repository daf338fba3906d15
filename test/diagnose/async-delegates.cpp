// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Nobody delegates to an async generator, nor it to anybody.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/async_generator.h>
#include <weft/coroutine.h>

weft::async_generator<int> waits();
weft::generator<int> plain();

[[weft::coroutine]] weft::async_generator<int> outer() {
  weft::yield_from(waits());
  // CHECK: [[#@LINE-1]]:3: error: 'weft::yield_from' cannot be used with 'weft::async_generator' [weft-async-delegates]
  weft::yield_from(plain());
  // CHECK: [[#@LINE-1]]:3: error: 'weft::yield_from' cannot be used with 'weft::async_generator' [weft-async-delegates]
  for (int each : waits()) // What to do instead.
    weft::yield(each);
}
[[weft::coroutine]] weft::generator<int> ordinary() {
  weft::yield_from(waits());
  // CHECK: [[#@LINE-1]]:3: error: 'weft::yield_from' cannot be used with 'weft::async_generator' [weft-async-delegates]
}
