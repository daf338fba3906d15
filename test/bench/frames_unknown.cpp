// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The functions of frames.h, apart from their callers.

void fill(char* buffer, int seed) { *buffer = char(seed); }
int use(const char* buffer) { return *buffer; }
int use2(int a, int b) { return a + b; }
