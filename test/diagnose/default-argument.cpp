// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A default argument's temporary is kept only where the argument can be written out.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

#include <string>
const std::string& pick(const std::string& wanted = [] { return std::string("x"); }());
[[weft::coroutine]] weft::generator<const std::string&> picks() {
  weft::yield(pick());
// CHECK: [[#@LINE-1]]:{{[0-9]+}}: error: a default argument makes a temporary that lives across the pause [weft-default-argument]
}
