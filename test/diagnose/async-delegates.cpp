// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Async generators delegate to their like, and coroutines to theirs.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/async_generator.h>
#include <weft/coroutine.h>

weft::async_generator<int> waits();
weft::generator<int> plain();

[[weft::coroutine]] weft::async_generator<int> outer() {
  weft::yield_from(waits());
  weft::yield_from(plain());
  // CHECK: [[#@LINE-1]]:3: error: an async generator can only delegate to another [weft-async-delegates]
  for (int each : plain()) // What to do instead.
    weft::yield(each);
}
[[weft::coroutine]] weft::generator<int> ordinary() {
  weft::yield_from(plain());
  weft::yield_from(waits());
  // CHECK: [[#@LINE-1]]:3: error: a coroutine cannot delegate to an async generator [weft-async-delegates]
}
