// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is timed of locks, promises, timers and pipelines of channels, on one
// thread; a file for each way.

#ifndef WEFT_BENCH_SYNC_WORKLOADS_H
#define WEFT_BENCH_SYNC_WORKLOADS_H

#include "workloads.h"

/// How many other timers run while one is armed and cancelled.
constexpr long pending_timers = 100'000;

#define BENCH_LOCKS_WORKLOADS                                                  \
  /* Locks a mutex that is free and unlocks it, n times. Returns n. */         \
  long locks(long n);                                                          \
  /* Makes a promise, sets it and takes the value, n times, of 0 to n - 1.     \
     Returns their sum. */                                                     \
  long promises(long n);
#define BENCH_FIBER_LOCKS_WORKLOADS                                            \
  BENCH_LOCKS_WORKLOADS                                                        \
  /* Two fibers that lock a mutex, yield, and unlock it, n times in all, so    \
     that each finds it locked. Returns n. */                                  \
  long contended_locks(long n);                                                \
  /* A fiber for each of the first n primes, and channels without buffer.      \
     Returns the last prime. */                                                \
  long sieve(long n);

namespace weft_way { // sync.cpp, transformed
BENCH_FIBER_LOCKS_WORKLOADS
/// Arms a timer and cancels it, n times. Returns n.
long timers(long n);
} // namespace weft_way

namespace hand_way { // sync_hand.cpp: a flag; a counted block; a wheel of lists
BENCH_LOCKS_WORKLOADS
long timers(long n);
} // namespace hand_way

namespace standard_way { // sync_hand.cpp
long locks(long n);
long timers(long n); // std::multimap
} // namespace standard_way

namespace boost_way { // sync_boost.cpp
BENCH_FIBER_LOCKS_WORKLOADS
} // namespace boost_way

#endif // WEFT_BENCH_SYNC_WORKLOADS_H
