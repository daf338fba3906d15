// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The workloads with C++20 coroutines.

#include "native.h"
#include "workloads.h"

namespace native_way {
namespace {

native::generator<long> counter(long n) {
  for (long i = 0; i < n; ++i)
    co_yield i;
}

BENCH_NOINLINE native::generator<long> make_counter(long n) {
  return counter(n);
}

native::recursive_generator<long> walk(const tree* node) {
  if (node->left)
    co_await walk(node->left);
  co_yield node->value;
  if (node->right)
    co_await walk(node->right);
}

native::generator<long> nested_walk(const tree* node) {
  if (node->left)
    for (long value : nested_walk(node->left))
      co_yield value;
  co_yield node->value;
  if (node->right)
    for (long value : nested_walk(node->right))
      co_yield value;
}

} // namespace

long local_sum(long n) {
  long sum = 0;
  for (long value : counter(n)) {
    hide(value);
    sum += value;
  }
  return sum;
}

long opaque_sum(long n) {
  long sum = 0;
  for (long value : make_counter(n)) {
    hide(value);
    sum += value;
  }
  return sum;
}

long tree_sum_handing_over(const tree* root) {
  long sum = 0;
  for (long value : walk(root)) {
    hide(value);
    sum += value;
  }
  return sum;
}

long tree_sum_nested(const tree* root) {
  long sum = 0;
  for (long value : nested_walk(root)) {
    hide(value);
    sum += value;
  }
  return sum;
}

} // namespace native_way
