// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls of functions that nothing can suspend, what calls cost at least. None
// is inlined; `hide` behind each call keeps it from becoming a jump.

#include "fiber_workloads.h"

namespace plain_way {
namespace {

volatile long negatives;

BENCH_NOINLINE long level_1(long x) {
  if (x < 0)
    negatives = negatives + 1;
  return x;
}
template <long (*Next)(long)> BENCH_NOINLINE long level(long x) {
  long result = Next(x);
  hide(result);
  return result + 1;
}
constexpr auto level_8 =
    level<level<level<level<level<level<level<level_1>>>>>>>;

BENCH_NOINLINE long recursive(long depth, long x) {
  if (depth == 1) {
    if (x < 0)
      negatives = negatives + 1;
    return x;
  }
  long result = recursive(depth - 1, x);
  hide(result);
  return result + 1;
}

} // namespace

long calls(long n) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    long x = i;
    hide(x);
    sum += level_8(x);
  }
  return sum;
}
long recursive_calls(long n) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    long x = i, depth = 8;
    hide(x);
    hide(depth);
    sum += recursive(depth, x);
  }
  return sum;
}

long rounds(long n) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    sum = hidden(sum + i);
  }
  return sum;
}

} // namespace plain_way
