// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A crossing variable of deduced dependent type says its type.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

template <class T> T& same(T& value) { return value; }
template <class T> [[weft::coroutine]] weft::generator<int> parts(T value) {
  decltype(auto) alias = same(value);
// CHECK: [[#@LINE-1]]:18: error: the type of 'alias' is deduced from a template and it lives across a pause [weft-dependent-auto]
  weft::yield(alias);
  weft::yield(alias);
}
