// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A crossing variable of deduced dependent type says its type.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

template <class T> [[weft::coroutine]] weft::generator<int> parts(T value) {
  auto [one, two] = value;
// CHECK: [[#@LINE-1]]:21: error: the type of a structured binding is deduced from a template and it lives across a pause [weft-dependent-auto]
  weft::yield(one);
  weft::yield(two);
}

auto generic = [](auto value) -> weft::generator<int> {
// CHECK: [[#@LINE-1]]:24: error: the type of 'value' is deduced from a template and it lives across a pause [weft-dependent-auto]
  weft::yield(static_cast<int>(value));
};
