// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Times the workloads; run.py runs this once per round and compares.

#include "workloads.h"
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <vector>

static void count(benchmark::State& state, long (*sum)(long)) {
  const long n = 10'000'000;
  for (auto _ : state)
    if (sum(n) != n * (n - 1) / 2)
      state.SkipWithError("wrong sum");
  state.SetItemsProcessed(state.iterations() * n);
}

static const tree* make_tree() {
  static std::vector<tree> nodes((1 << 20) - 1);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    bool is_leaf = 2 * i + 2 >= nodes.size();
    nodes[i] = {is_leaf ? nullptr : &nodes[2 * i + 1],
                is_leaf ? nullptr : &nodes[2 * i + 2], long(i)};
  }
  return &nodes[0];
}

static void walk(benchmark::State& state, long (*sum)(const tree*)) {
  static const tree* root = make_tree();
  const long n = (1 << 20) - 1;
  for (auto _ : state)
    if (sum(root) != n * (n - 1) / 2)
      state.SkipWithError("wrong sum");
  state.SetItemsProcessed(state.iterations() * n);
}

BENCHMARK_CAPTURE(count, hand_inlined, hand_way::inlined_sum);
BENCHMARK_CAPTURE(count, weft_local, weft_way::local_sum);
BENCHMARK_CAPTURE(count, native_local, native_way::local_sum);
BENCHMARK_CAPTURE(count, hand_out_of_line, hand_way::out_of_line_sum);
BENCHMARK_CAPTURE(count, hand_pointer, hand_way::pointer_sum);
BENCHMARK_CAPTURE(count, weft_opaque, weft_way::opaque_sum);
BENCHMARK_CAPTURE(count, native_opaque, native_way::opaque_sum);
BENCHMARK_CAPTURE(walk, hand_heap, hand_way::tree_sum_on_heap);
BENCHMARK_CAPTURE(walk, weft, weft_way::tree_sum);
BENCHMARK_CAPTURE(walk, native_handing_over,
                  native_way::tree_sum_handing_over);
BENCHMARK_CAPTURE(walk, hand_stack, hand_way::tree_sum_on_stack);
BENCHMARK_CAPTURE(walk, native_nested, native_way::tree_sum_nested);

BENCHMARK_MAIN();
