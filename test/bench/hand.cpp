// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The workloads as state machines written by hand.

#include "workloads.h"
#include <memory>
#include <vector>

namespace hand_way {
namespace {

struct counter {
  long n, i = 0, value = 0;
  int state = 0;

  explicit counter(long n) : n(n) {}

  bool next() {
    switch (state) {
    case 0:
      for (i = 0; i < n; ++i) {
        value = i;
        state = 1;
        return true;
      case 1:;
      }
      state = 2;
    }
    return false;
  }

  BENCH_NOINLINE bool next_out_of_line() { return next(); }
};

/// What a type-erased one looks like.
struct erased_counter : counter {
  bool (*resume)(counter*);

  explicit erased_counter(long n)
      : counter(n), resume([](counter* self) { return self->next(); }) {}
};

BENCH_NOINLINE std::unique_ptr<erased_counter> make_counter(long n) {
  return std::make_unique<erased_counter>(n);
}

} // namespace

long inlined_sum(long n) {
  long sum = 0;
  counter values(n);
  while (values.next()) {
    long value = values.value;
    hide(value);
    sum += value;
  }
  return sum;
}

long out_of_line_sum(long n) {
  long sum = 0;
  counter values(n);
  while (values.next_out_of_line()) {
    long value = values.value;
    hide(value);
    sum += value;
  }
  return sum;
}

long pointer_sum(long n) {
  long sum = 0;
  auto values = make_counter(n);
  while (values->resume(values.get())) {
    long value = values->value;
    hide(value);
    sum += value;
  }
  return sum;
}

namespace {

/// A frame on the heap for each node; the innermost is entered directly.
struct walker {
  struct frame {
    const tree* node;
    frame* outer;
    int state;
  };
  frame* leaf;
  long value = 0;

  explicit walker(const tree* root) : leaf(new frame{root, nullptr, 0}) {}
  walker(const walker&) = delete;
  walker& operator=(const walker&) = delete;
  ~walker() {
    while (leaf)
      pop();
  }

  BENCH_NOINLINE bool next() {
    while (leaf) {
      frame& self = *leaf;
      switch (self.state) {
      case 0:
        self.state = 1;
        if (self.node->left) {
          leaf = new frame{self.node->left, leaf, 0};
          break;
        }
        [[fallthrough]];
      case 1:
        self.state = 2;
        value = self.node->value;
        return true;
      case 2:
        self.state = 3;
        if (self.node->right) {
          leaf = new frame{self.node->right, leaf, 0};
          break;
        }
        [[fallthrough]];
      default:
        pop();
      }
    }
    return false;
  }

  void pop() {
    frame* ended = leaf;
    leaf = leaf->outer;
    delete ended;
  }
};

} // namespace

long tree_sum_on_heap(const tree* root) {
  long sum = 0;
  walker values(root);
  while (values.next()) {
    long value = values.value;
    hide(value);
    sum += value;
  }
  return sum;
}

// An iterator with a stack of nodes: no longer the recursive program.
long tree_sum_on_stack(const tree* root) {
  long sum = 0;
  std::vector<const tree*> path;
  for (const tree* at = root; at || !path.empty();) {
    for (; at; at = at->left)
      path.push_back(at);
    at = path.back();
    path.pop_back();
    long value = at->value;
    hide(value);
    sum += value;
    at = at->right;
  }
  return sum;
}

} // namespace hand_way
