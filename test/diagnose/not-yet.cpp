// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is annotated and not transformed is an error, never compiled as it stands.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>

[[weft::green]] int green() { return 1; }
// CHECK: [[#@LINE-1]]:3: error: '{{\[\[}}weft::green]]' is not supported by this version [weft-not-yet]
