// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A range of dependent type is walked with iterators.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

template <class T> [[weft::coroutine]] weft::generator<int> each(T value) {
  for (auto one : {value, value + 1})
    weft::yield(one);
// CHECK: [[#@LINE-2]]:3: error: cannot suspend inside a range-for over a braced list of dependent type yet [weft-dependent-range]
}
