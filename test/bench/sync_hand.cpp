// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Locks, promises and timers by hand, of one thread, and the standard library's.

#include "sync_workloads.h"
#include <cstdlib>
#include <map>
#include <mutex>
#include <vector>

namespace hand_way {

long locks(long n) {
  long holder = 0, count = 0;
  for (; count < n; ++count) {
    hide(holder);
    if (holder != 0)
      std::abort();
    holder = 1;
    hide(count);
    holder = 0;
  }
  return count;
}

namespace {

/// What a promise and its future share.
struct state {
  int references = 2;
  bool is_set = false;
  long value = 0;
};
BENCH_NOINLINE void set(state* of, long value) {
  of->value = value;
  of->is_set = true;
  if (--of->references == 0)
    delete of;
}
BENCH_NOINLINE long take(state* of) {
  if (!of->is_set)
    std::abort();
  const long value = of->value;
  if (--of->references == 0)
    delete of;
  return value;
}

/// A wheel: a list for each place in which a deadline may fall.
struct timer {
  timer* next;
  timer* previous;
};
class wheel {
public:
  wheel() : places(1 << 14) {
    for (timer& each : places)
      each.next = each.previous = &each;
  }
  BENCH_NOINLINE void arm(timer& one, long deadline) {
    timer& at = places[static_cast<std::size_t>(deadline >> 16) % places.size()];
    one.next = &at;
    one.previous = at.previous;
    at.previous->next = &one;
    at.previous = &one;
  }
  BENCH_NOINLINE static void disarm(timer& one) {
    one.previous->next = one.next;
    one.next->previous = one.previous;
  }

private:
  std::vector<timer> places;
};

} // namespace

long promises(long n) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    auto* shared = new state;
    set(shared, i);
    sum += take(shared);
  }
  return sum;
}

long timers(long n) {
  wheel all;
  std::vector<timer> pending(pending_timers);
  long deadline = 1'000'000'000;
  for (timer& each : pending)
    all.arm(each, deadline += 1000);
  timer one;
  long count = 0;
  for (; count < n; ++count) {
    all.arm(one, 1'000'000'000 + count * 7919 % 100'000'000);
    wheel::disarm(one);
  }
  return count;
}

} // namespace hand_way

namespace standard_way {

long locks(long n) {
  std::mutex m;
  long count = 0;
  for (; count < n; ++count) {
    m.lock();
    hide(count);
    m.unlock();
  }
  return count;
}

long timers(long n) {
  std::multimap<long, int> all;
  long deadline = 1'000'000'000;
  for (long i = 0; i < pending_timers; ++i)
    all.emplace(deadline += 1000, 0);
  long count = 0;
  for (; count < n; ++count)
    all.erase(all.emplace(1'000'000'000 + count * 7919 % 100'000'000, 0));
  return count;
}

} // namespace standard_way
