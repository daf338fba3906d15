// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Async generators that are templates have to wait.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/async_generator.h>

template <class T> [[weft::coroutine]] weft::async_generator<T> once(T value) {
  // CHECK: [[#@LINE-1]]:65: error: async generators that are templates, or members of templates, are not supported by this version [weft-async-template]
  weft::yield(value);
}
template <class T> struct box {
  [[weft::coroutine]] weft::async_generator<int> members() {
    // CHECK: [[#@LINE-1]]:50: error: async generators that are templates
    weft::yield(1);
  }
};
