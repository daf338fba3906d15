// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the measured functions do with their variables, unknown to compilers.

#ifndef WEFT_BENCH_FRAMES_H
#define WEFT_BENCH_FRAMES_H

#ifdef BENCH_NATIVE
#include "native.h"
#include <cstdio>
#include <string>
#else
#include <string>
#include <weft/coroutine.h>
#endif

void fill(char* buffer, int seed);
int use(const char* buffer);
int use2(int a, int b);

#endif // WEFT_BENCH_FRAMES_H
