// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is timed: each way of producing values has a file of its own with these
// functions, compiled apart so that no inlining crosses from one to another.

#ifndef WEFT_BENCH_WORKLOADS_H
#define WEFT_BENCH_WORKLOADS_H

#if defined(__GNUC__)
#define BENCH_NOINLINE __attribute__((noinline))
#endif

/// Hides where a value comes from, for no instruction: otherwise Clang replaces
/// whole loops by closed formulas or vector code and nothing is left to time.
inline void hide(long& value) { asm volatile("" : "+r"(value)); }
inline long hidden(long value) { return hide(value), value; }

/// A complete binary tree.
struct tree {
  const tree* left;
  const tree* right;
  long value;
};

// Each returns the sum of the values that it was handed.

namespace weft_way { // generators.cpp, transformed
long local_sum(long n);
long opaque_sum(long n);
long tree_sum(const tree* root);
} // namespace weft_way

namespace hand_way { // hand.cpp: state machines as one would write them
long inlined_sum(long n);
long out_of_line_sum(long n);
long pointer_sum(long n);
long tree_sum_on_heap(const tree* root);
long tree_sum_on_stack(const tree* root);
} // namespace hand_way

namespace native_way { // native.cpp: C++20 coroutines
long local_sum(long n);
long opaque_sum(long n);
long tree_sum_handing_over(const tree* root);
long tree_sum_nested(const tree* root);
} // namespace native_way

#endif // WEFT_BENCH_WORKLOADS_H
