// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The workloads with Weft.

#include "workloads.h"
#include <weft/coroutine.h>

namespace weft_way {

[[weft::coroutine]] static weft::generator<long> counter(long n) {
  for (long i = 0; i < n; ++i)
    weft::yield(i);
}

// In place: the frame is a local variable.
long local_sum(long n) {
  long sum = 0;
  for (long value : counter(n)) {
    hide(value);
    sum += value;
  }
  return sum;
}

// On the heap, behind a function that the caller cannot look into.
BENCH_NOINLINE static weft::generator<long> make_counter(long n) {
  auto made = counter(n);
  return made;
}

long opaque_sum(long n) {
  long sum = 0;
  for (long value : make_counter(n)) {
    hide(value);
    sum += value;
  }
  return sum;
}

[[weft::coroutine]] static weft::generator<long> walk(const tree* node) {
  if (node->left)
    weft::yield_from(walk(node->left));
  weft::yield(node->value);
  if (node->right)
    weft::yield_from(walk(node->right));
}

long tree_sum(const tree* root) {
  long sum = 0;
  for (long value : walk(root)) {
    hide(value);
    sum += value;
  }
  return sum;
}

} // namespace weft_way
