// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Prints the bytes that C++20 coroutines ask for, one line for each function:
// with a promise that only holds the value, and with one that also links.
// run.py writes the functions to frames_lean.inc and frames_linked.inc.

#define BENCH_NATIVE
#define BENCH_MEASURE_FRAMES
#include "frames.h"

template <class T> using lean = native::generator<T>;
template <class T> using linked = native::generator<T, native::linked_promise>;

namespace with_lean {
#include "frames_lean.inc"
}
namespace with_linked {
#include "frames_linked.inc"
}

/// Calls through a pointer that the compiler cannot see through, so that the
/// frame is not elided.
template <class F, class... A>
static std::size_t size_of(F function, A... arguments) {
  std::size_t size = 0;
  native::frame_size = &size;
  F volatile hidden = function;
  { auto made = hidden(arguments...); }
  return size;
}

#define SHOW(name, ...)                                                        \
  std::printf("%s %zu %zu\n", #name, size_of(with_lean::name, ##__VA_ARGS__),   \
              size_of(with_linked::name, ##__VA_ARGS__))

int main() {
  SHOW(small_loop, 1);
  SHOW(three_scopes, 1);
  SHOW(strings, std::string());
  SHOW(buffer_dead_before, 1);
  SHOW(buffer_live_across, 1);
  SHOW(branches, 1);
  SHOW(echo, 1);
  SHOW(four_in_a_row, 1, 2, 3, 4);
  SHOW(tick);
}
