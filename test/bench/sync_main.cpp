// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Times locks, promises, timers and the sieve; run.py runs this once per round.

#include "sync_workloads.h"
#include <benchmark/benchmark.h>

/// Times `work`, which stands for `n` items, and compares its result.
static void check(benchmark::State& state, long (*work)(long), long n, long expected) {
  for (auto _ : state)
    if (work(n) != expected)
      state.SkipWithError("wrong result");
  state.SetItemsProcessed(state.iterations() * n);
}

static void lock(benchmark::State& state, long (*locks)(long)) {
  check(state, locks, 1'000'000, 1'000'000);
}
static void contended_lock(benchmark::State& state, long (*locks)(long)) {
  check(state, locks, 100'000, 100'000);
}
static void promise(benchmark::State& state, long (*promises)(long)) {
  const long n = 100'000;
  check(state, promises, n, n * (n - 1) / 2);
}
static void timer(benchmark::State& state, long (*timers)(long)) {
  // So many that making the pending ones does not count.
  check(state, timers, 2'000'000, 2'000'000);
}
static void sieve(benchmark::State& state, long (*sieve)(long)) {
  check(state, sieve, 500, 3571);
}

BENCHMARK_CAPTURE(lock, hand, hand_way::locks);
BENCHMARK_CAPTURE(lock, standard, standard_way::locks);
BENCHMARK_CAPTURE(lock, boost, boost_way::locks);
BENCHMARK_CAPTURE(lock, weft, weft_way::locks);
BENCHMARK_CAPTURE(contended_lock, boost, boost_way::contended_locks);
BENCHMARK_CAPTURE(contended_lock, weft, weft_way::contended_locks);
BENCHMARK_CAPTURE(promise, hand, hand_way::promises);
BENCHMARK_CAPTURE(promise, boost, boost_way::promises);
BENCHMARK_CAPTURE(promise, weft, weft_way::promises);
BENCHMARK_CAPTURE(timer, hand, hand_way::timers);
BENCHMARK_CAPTURE(timer, standard, standard_way::timers);
BENCHMARK_CAPTURE(timer, weft, weft_way::timers);
BENCHMARK_CAPTURE(sieve, boost, boost_way::sieve);
BENCHMARK_CAPTURE(sieve, weft, weft_way::sieve);

BENCHMARK_MAIN();
