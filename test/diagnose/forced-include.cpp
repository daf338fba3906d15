// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A header that the compiler includes by itself cannot be replaced.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime -include %S/Inputs/forced.h 2>&1 | FileCheck %s

int main() {}

// CHECK: Inputs{{/|\\}}forced.h:2:58: error: 'forced' suspends and is in a header that '-include' or a precompiled header brings in [weft-forced-include]
// CHECK-NOT: error:
