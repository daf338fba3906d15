// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pack is no member.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

template <class... T>
[[weft::coroutine]] weft::generator<int> all(T... each) {
// CHECK: [[#@LINE-1]]:51: error: parameter pack 'each' of a function that suspends is not supported [weft-parameter-pack]
  weft::yield(static_cast<int>(sizeof...(T)));
}
