// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function that others can see says that it is a coroutine; a static one need not.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

weft::generator<int> visible() {
  weft::yield(1);
// CHECK: [[#@LINE-1]]:3: error: 'visible' suspends: annotate it with '{{\[\[}}weft::coroutine]]' [weft-not-annotated]
}
static weft::generator<int> hidden() { weft::yield(1); }
namespace {
weft::generator<int> unnamed() { weft::yield(1); }
}
void use() {
  for (int each : hidden()) (void)each;
  for (int each : unnamed()) (void)each;
  auto lambda = []() -> weft::generator<int> { weft::yield(2); };
  for (int each : lambda()) (void)each;
}
