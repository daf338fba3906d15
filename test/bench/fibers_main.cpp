// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Times the workloads of fibers; run.py runs this once per round and compares.

#include "fiber_workloads.h"
#include <benchmark/benchmark.h>

/// Times `sum`, which stands for `n` items, and compares its result.
template <class Sum>
static void check(benchmark::State& state, long n, long expected, Sum sum) {
  for (auto _ : state)
    if (sum() != expected)
      state.SkipWithError("wrong result");
  state.SetItemsProcessed(state.iterations() * n);
}

static void yield(benchmark::State& state, long (*yields)(long)) {
  const long n = 100'000;
  check(state, n, n, [=] { return yields(n); });
}
static void call(benchmark::State& state, long (*calls)(long)) {
  const long n = 100'000;
  check(state, n, n * (n - 1) / 2 + 7 * n, [=] { return calls(n); });
}
static void round(benchmark::State& state, long (*rounds)(long)) {
  const long n = 1'000'000;
  check(state, n, n * (n - 1) / 2, [=] { return rounds(n); });
}
static void suspending_call(benchmark::State& state, long (*calls)(long)) {
  const long n = 20'000;
  check(state, n, 7 * n - n * (n + 1) / 2, [=] { return calls(n); });
}
static void resume(benchmark::State& state, long (*resumes)(long, long),
                   long depth) {
  const long n = 100'000;
  check(state, n, n + depth - 1, [=] { return resumes(depth, n); });
}
static void round_trip(benchmark::State& state, long (*round_trips)(long)) {
  const long n = 50'000;
  check(state, n, n * (n - 1) / 2, [=] { return round_trips(n); });
}
static void spawn(benchmark::State& state, long (*spawns)(long, long),
                  long live, long n) {
  check(state, n, n * (n - 1) / 2, [=] { return spawns(live, n); });
}

#define WAY(way)                                                               \
  BENCHMARK_CAPTURE(yield, way, way##_way::yields);                            \
  BENCHMARK_CAPTURE(suspending_call, way, way##_way::suspending_calls);        \
  BENCHMARK_CAPTURE(suspending_call, way##_recursive,                          \
                    way##_way::suspending_recursive_calls);                    \
  BENCHMARK_CAPTURE(resume, way##_1, way##_way::resumes, 1);                   \
  BENCHMARK_CAPTURE(resume, way##_8, way##_way::resumes, 8);                   \
  BENCHMARK_CAPTURE(resume, way##_64, way##_way::resumes, 64);                 \
  BENCHMARK_CAPTURE(round_trip, way, way##_way::round_trips);                  \
  BENCHMARK_CAPTURE(spawn, way, way##_way::spawns, 1000, 100'000)
#define CALLS(way)                                                             \
  BENCHMARK_CAPTURE(call, way, way##_way::calls);                              \
  BENCHMARK_CAPTURE(call, way##_recursive, way##_way::recursive_calls)

BENCHMARK_CAPTURE(round, plain, plain_way::rounds);
BENCHMARK_CAPTURE(round, weft, weft_way::fiber_rounds);
BENCHMARK_CAPTURE(round, weft_green, weft_way::green_rounds);
CALLS(plain);
CALLS(hand);
CALLS(native);
CALLS(weft);
CALLS(boost);
WAY(hand);
WAY(native);
WAY(weft);
WAY(boost);
BENCHMARK_CAPTURE(spawn, hand_pooled, hand_way::pooled_spawns, 1000, 100'000);
// With all of them alive at the same time; of native stacks that were 16 GB.
BENCHMARK_CAPTURE(spawn, hand_million, hand_way::spawns, 1'000'000, 1'000'000);
BENCHMARK_CAPTURE(spawn, hand_pooled_million, hand_way::pooled_spawns,
                  1'000'000, 1'000'000);
BENCHMARK_CAPTURE(spawn, native_million, native_way::spawns, 1'000'000,
                  1'000'000);
BENCHMARK_CAPTURE(spawn, weft_million, weft_way::spawns, 1'000'000, 1'000'000);

BENCHMARK_MAIN();
