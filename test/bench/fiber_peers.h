// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the state machines written by hand and the C++20 coroutines share: a
// queue of what is ready and a heap of what sleeps, nothing else.

#ifndef WEFT_BENCH_FIBER_PEERS_H
#define WEFT_BENCH_FIBER_PEERS_H

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

namespace peers {

/// First in, first out; the link is in the element.
template <class T> class queue {
public:
  bool empty() const { return first == nullptr; }
  void push(T& element) {
    element.next = nullptr;
    (first != nullptr ? last->next : first) = &element;
    last = &element;
  }
  /// Not of an empty one.
  T& pop() {
    T& element = *first;
    first = element.next;
    return element;
  }

private:
  T* first = nullptr;
  T* last = nullptr;
};

/// Those that sleep, the one to wake first in front.
template <class T> class sleeping {
public:
  using clock = std::chrono::steady_clock;

  bool empty() const { return heap.empty(); }
  void add(T& element, clock::duration time) {
    heap.push_back({clock::now() + time, &element});
    std::push_heap(heap.begin(), heap.end(), later);
  }
  /// Waits for the first and gives it.
  T& wake() {
    std::this_thread::sleep_until(heap.front().deadline);
    std::pop_heap(heap.begin(), heap.end(), later);
    T& element = *heap.back().element;
    heap.pop_back();
    return element;
  }

private:
  struct entry {
    clock::time_point deadline;
    T* element;
  };
  static bool later(const entry& a, const entry& b) {
    return a.deadline > b.deadline;
  }
  std::vector<entry> heap;
};

} // namespace peers

#endif // WEFT_BENCH_FIBER_PEERS_H
