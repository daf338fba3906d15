// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A temporary that lives across the pause is made where Weft can see it.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <new>
#include <weft/coroutine.h>

struct guard {
  ~guard();
  int value() const;
};
guard make();
[[weft::coroutine]] weft::generator<int> values() {
  weft::yield(*new (std::nothrow) int(make().value()));
// CHECK: [[#@LINE-1]]:16: error: a temporary that lives across the pause is made inside this new-expression [weft-temporary]
}
