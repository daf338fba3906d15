// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A received object is not moved over another pause.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

#include <string>
struct text {
  text(text&&); // Which is seen.
};
void both(text, text);
[[weft::coroutine]] weft::coroutine<int, text> two() {
  both(weft::yield<text>(1), weft::yield<text>(2));
// CHECK: [[#@LINE-1]]:8: error: a received object would have to be moved: another suspension follows in the same expression [weft-value-crosses]
}

void both(std::string, std::string);
[[weft::coroutine]] weft::coroutine<int, std::string> strings() {
  both(weft::yield<std::string>(1), weft::yield<std::string>(2));
}
