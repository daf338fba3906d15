// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is timed of fibers: each way of writing them has a file of its own with
// these functions, compiled apart so that no inlining crosses from one to
// another. All run on one thread.

#ifndef WEFT_BENCH_FIBER_WORKLOADS_H
#define WEFT_BENCH_FIBER_WORKLOADS_H

#include "workloads.h"
#include <chrono>

/// How long sleepers sleep, and what they count.
struct sleepers {
  std::chrono::milliseconds time;
  long asleep = 0, awake = 0;
};

#define BENCH_FIBER_WORKLOADS                                                  \
  /* Two fibers yield to each other, n times in all. Returns how often. */     \
  long yields(long n);                                                         \
  /* n times down a chain of eight different functions, each of which adds 1   \
     to what the next one returns; the innermost could suspend, and returns    \
     its argument, which is 0 to n - 1. Returns the sum. */                    \
  long calls(long n);                                                          \
  /* The same for one function that calls itself. */                           \
  long recursive_calls(long n);                                                \
  /* The same two, suspending once in the innermost; arguments -1 to -n. */    \
  long suspending_calls(long n);                                               \
  long suspending_recursive_calls(long n);                                     \
  /* The innermost of `depth` calls suspends n times. Returns n + depth. */    \
  long resumes(long depth, long n);                                            \
  /* n numbers go through one channel without buffer and come back through     \
     another. Returns the sum of 0 to n - 1. */                                \
  long round_trips(long n);                                                    \
  /* Makes `live` fibers and waits for all, again and again, n in all. Each    \
     returns its number. Returns the sum of 0 to n - 1. */                     \
  long spawns(long live, long n);                                              \
  /* Makes n fibers that sleep once, each with a pointer to `all`, and calls   \
     `asleep` when all do. Returns when all have woken, how many. */           \
  long sleeps(long n, sleepers& all, void (*asleep)(const sleepers&));

namespace weft_way { // fibers.cpp, transformed
BENCH_FIBER_WORKLOADS
/// n rounds of a loop; the sum of 0 to n - 1. In a fiber function, and in a green one,
/// where each round has a checkpoint.
long fiber_rounds(long n);
long green_rounds(long n);
} // namespace weft_way

namespace hand_way { // fibers_hand.cpp: state machines and a queue
BENCH_FIBER_WORKLOADS
long pooled_spawns(long live, long n); // frames from a free list
} // namespace hand_way

namespace native_way { // fibers_native.cpp: C++20 coroutines and the same queue
BENCH_FIBER_WORKLOADS
} // namespace native_way

namespace boost_way { // fibers_boost.cpp: a native stack for each
BENCH_FIBER_WORKLOADS
} // namespace boost_way

namespace plain_way { // fibers_plain.cpp: functions that nothing can suspend
long calls(long n);
long recursive_calls(long n);
long rounds(long n);
} // namespace plain_way

#endif // WEFT_BENCH_FIBER_WORKLOADS_H
