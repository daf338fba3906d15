// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The workloads of fibers with Weft.

#include "fiber_workloads.h"
#include <chrono>
#include <vector>
#include <weft/fiber.h>

namespace weft_way {

[[weft::fiber]] static void yielder(long n, long& count) {
  for (long i = 0; i < n; ++i) {
    ++count;
    weft::this_fiber::yield();
  }
}
long yields(long n) {
  return weft::run([n] {
    long count = 0;
    auto one = weft::spawn(yielder, n / 2, std::ref(count));
    auto other = weft::spawn(yielder, n / 2, std::ref(count));
    one.join();
    other.join();
    return count;
  });
}

static long level_1(long x) {
  if (x < 0)
    weft::this_fiber::yield();
  return x;
}
static long level_2(long x) {
  long result = level_1(x);
  hide(result);
  return result + 1;
}
static long level_3(long x) {
  long result = level_2(x);
  hide(result);
  return result + 1;
}
static long level_4(long x) {
  long result = level_3(x);
  hide(result);
  return result + 1;
}
static long level_5(long x) {
  long result = level_4(x);
  hide(result);
  return result + 1;
}
static long level_6(long x) {
  long result = level_5(x);
  hide(result);
  return result + 1;
}
static long level_7(long x) {
  long result = level_6(x);
  hide(result);
  return result + 1;
}
static long level_8(long x) {
  long result = level_7(x);
  hide(result);
  return result + 1;
}
[[weft::fiber]] static long recursive(long depth, long x) {
  if (depth == 1) {
    if (x < 0)
      weft::this_fiber::yield();
    return x;
  }
  long result = recursive(depth - 1, x);
  hide(result);
  return result + 1;
}

static long sum_of_calls(long n, long first, long step) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    long x = first + i * step;
    hide(x);
    sum += level_8(x);
  }
  return sum;
}
static long sum_of_recursive_calls(long n, long first, long step) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    long x = first + i * step, depth = 8;
    hide(x);
    hide(depth);
    sum += recursive(depth, x);
  }
  return sum;
}
long calls(long n) { return weft::run(sum_of_calls, n, 0L, 1L); }
long recursive_calls(long n) {
  return weft::run(sum_of_recursive_calls, n, 0L, 1L);
}
long suspending_calls(long n) { return weft::run(sum_of_calls, n, -1L, -1L); }
long suspending_recursive_calls(long n) {
  return weft::run(sum_of_recursive_calls, n, -1L, -1L);
}

[[weft::fiber]] static long deep(long depth, long n) {
  if (depth > 0) {
    long result = deep(depth - 1, n);
    hide(result);
    return result + 1;
  }
  long count = 0;
  for (; count < n; ++count)
    weft::this_fiber::yield();
  return count;
}
long resumes(long depth, long n) { return weft::run(deep, depth - 1, n); }

static void echo(weft::channel<long>& in, weft::channel<long>& out) {
  while (auto value = in.receive())
    out.send(*value);
}
long round_trips(long n) {
  return weft::run([n] {
    weft::channel<long> there, back;
    auto other = weft::spawn(echo, std::ref(there), std::ref(back));
    long sum = 0;
    for (long i = 0; i < n; ++i) {
      there.send(i);
      sum += *back.receive();
    }
    there.close();
    other.join();
    return sum;
  });
}

static long numbered(long number) {
  if (number < 0)
    weft::this_fiber::yield();
  return number;
}
long spawns(long live, long n) {
  return weft::run([=] {
    std::vector<weft::task<long>> tasks;
    tasks.reserve(live);
    long sum = 0;
    for (long i = 0; i < n;) {
      for (long j = 0; j < live; ++j)
        tasks.push_back(weft::spawn(numbered, i++));
      for (auto& task : tasks)
        sum += task.get();
      tasks.clear();
    }
    return sum;
  });
}

[[weft::fiber]] static long loop(long n) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    sum = hidden(sum + i);
  }
  if (n < 0)
    weft::this_fiber::yield();
  return sum;
}
long fiber_rounds(long n) { return weft::run(loop, n); }
[[weft::green]] static long green_loop(long n) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    sum = hidden(sum + i);
  }
  return sum;
}
long green_rounds(long n) { return weft::run(green_loop, n); }

static void sleeper(sleepers* all) {
  ++all->asleep;
  weft::this_fiber::sleep_for(all->time);
  ++all->awake;
}
long sleeps(long n, sleepers& all, void (*asleep)(const sleepers&)) {
  return weft::run([&all, n, asleep] {
    for (long i = 0; i < n; ++i)
      weft::spawn(sleeper, &all).detach();
    weft::this_fiber::yield();
    asleep(all);
    while (all.awake != n)
      weft::this_fiber::sleep_for(std::chrono::milliseconds(1));
    return all.awake;
  });
}

} // namespace weft_way
