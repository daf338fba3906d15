// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A reference to a thread-local variable that is taken before a suspension and used
// after it is warned about.

// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
// RUN: not %weft --check -Werror=weft-thread-local-held %s -- -std=c++17 -I%runtime
// RUN: %weft --check -Wno-weft-thread-local-held %s -- -std=c++17 -I%runtime 2>&1 | count 0

#include <weft/fiber.h>

struct state {
  int depth = 0, names[4] = {};
};
thread_local state current;
thread_local int counts[4];
[[weft::fiber]] int fetch(int n);

[[weft::fiber]] void reference() {
  int &depth = current.depth;
  ++depth;
  fetch(1);
  --depth;
  // CHECK: [[#@LINE-1]]:5: warning: 'depth' still refers to thread-local variable 'current' after a suspension [-Wweft-thread-local-held]
  // CHECK: [[#@LINE-5]]:3: note: the reference to 'current' is taken here; 'weft::fiber_local' is each fiber's own
  ++depth; // Once is enough.
}

[[weft::fiber]] int pointer(bool more) {
  int *count = nullptr;
  count = &counts[1];
  while (more) {
    *count += 1;
    // CHECK: [[#@LINE-1]]:6: warning: 'count' still refers to thread-local variable 'counts' after a suspension
    // CHECK: note: the reference to 'counts' is taken here
    more = fetch(1);
  }
  int *all = counts;
  return fetch(all[0]) + all[1];
  // CHECK: [[#@LINE-1]]:26: warning: 'all' still refers to thread-local variable 'counts' after a suspension
  // CHECK: note: the reference to 'counts' is taken here
}

[[weft::fiber]] void several() {
  int before = 1, &depth = current.depth, *count = counts, behind = 2;
  fetch(before + behind);
  ++depth;
  // CHECK: [[#@LINE-1]]:5: warning: 'depth' still refers to thread-local variable 'current' after a suspension
  // CHECK: note: the reference to 'current' is taken here
  ++*count;
  // CHECK: [[#@LINE-1]]:6: warning: 'count' still refers to thread-local variable 'counts' after a suspension
  // CHECK: note: the reference to 'counts' is taken here
}

template <class T> [[weft::fiber]] void dependent() {
  state &mine = current;
  fetch(1);
  mine = {};
  // CHECK: [[#@LINE-1]]:3: warning: 'mine' still refers to thread-local variable 'current' after a suspension
  // CHECK: note: the reference to 'current' is taken here
}
template void dependent<int>();
template void dependent<long>();

// --- Without a warning ---

[[weft::fiber]] void before() {
  int &depth = current.depth;
  ++depth;
  fetch(depth);
}
[[weft::fiber]] void one_way(bool waits) {
  int &depth = current.depth;
  if (waits) {
    fetch(1);
    return;
  }
  ++depth;
}
[[weft::fiber]] void again() {
  for (int i = 0; i < 3; ++i) {
    int &depth = current.depth;
    ++depth;
    fetch(i);
  }
  int *depth = &current.depth;
  fetch(1);
  depth = &current.depth;
  ++*depth;
}
[[weft::fiber]] void copies() {
  int depth = current.depth;
  fetch(1);
  current.depth = depth;
}
[[weft::fiber]] void others() {
  static int calls;
  int &all = calls;
  fetch(1);
  ++all;
  weft::fiber_local<int> own(1);
  const int &mine = *own;
  fetch(mine);
  fetch(mine);
  const long &copy = counts[0]; // Of a temporary.
  fetch(2);
  fetch(copy);
}
void ordinary() {
  int &depth = current.depth;
  ++depth;
}
