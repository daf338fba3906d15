// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A reference parameter is warned about when its argument can be gone.

// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

#include <string>
[[weft::coroutine]] weft::generator<int> lengths(const std::string& text) {
// CHECK: [[#@LINE-1]]:69: warning: reference parameter 'text' can dangle: the coroutine outlives the call [-Wweft-dangling-parameter]
  weft::yield(1);
  weft::yield(static_cast<int>(text.size()));
}
