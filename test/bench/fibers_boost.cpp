// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The workloads of fibers with Boost.Fiber and its default scheduler. Stacks
// are pooled, or, of those that sleep, 8 KB each: little for real code.

#include "fiber_workloads.h"
#include <boost/fiber/all.hpp>
#include <memory>
#include <vector>

namespace boost_way {
namespace {

using boost::fibers::fiber;
namespace this_fiber = boost::this_fiber;

/// Free stacks stay in it, so there is one for the whole program.
boost::fibers::pooled_fixedsize_stack& stacks() {
  static boost::fibers::pooled_fixedsize_stack pool(16 * 1024);
  return pool;
}
template <class F> fiber spawn(F&& f) {
  return fiber(std::allocator_arg, stacks(), std::forward<F>(f));
}
/// Runs `f`, which returns a long, in a fiber.
template <class F> long run(F&& f) {
  long result = 0;
  spawn([&] { result = f(); }).join();
  return result;
}

} // namespace

long yields(long n) {
  long count = 0;
  auto yielder = [&count, n] {
    for (long i = 0; i < n / 2; ++i) {
      ++count;
      this_fiber::yield();
    }
  };
  fiber one = spawn(yielder), other = spawn(yielder);
  one.join();
  other.join();
  return count;
}

namespace {

BENCH_NOINLINE long level_1(long x) {
  if (x < 0)
    this_fiber::yield();
  return x;
}
template <long (*Next)(long)> BENCH_NOINLINE long level(long x) {
  long result = Next(x);
  hide(result);
  return result + 1;
}
constexpr auto level_8 =
    level<level<level<level<level<level<level<level_1>>>>>>>;

BENCH_NOINLINE long recursive(long depth, long x) {
  if (depth == 1) {
    if (x < 0)
      this_fiber::yield();
    return x;
  }
  long result = recursive(depth - 1, x);
  hide(result);
  return result + 1;
}
long sum_of_calls(long n, long first, long step) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    long x = first + i * step;
    hide(x);
    sum += level_8(x);
  }
  return sum;
}
long sum_of_recursive_calls(long n, long first, long step) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    long x = first + i * step, depth = 8;
    hide(x);
    hide(depth);
    sum += recursive(depth, x);
  }
  return sum;
}
BENCH_NOINLINE long deep(long depth, long n) {
  if (depth > 0) {
    long result = deep(depth - 1, n);
    hide(result);
    return result + 1;
  }
  long count = 0;
  for (; count < n; ++count)
    this_fiber::yield();
  return count;
}

} // namespace

long calls(long n) {
  return run([n] { return sum_of_calls(n, 0, 1); });
}
long recursive_calls(long n) {
  return run([n] { return sum_of_recursive_calls(n, 0, 1); });
}
long suspending_calls(long n) {
  return run([n] { return sum_of_calls(n, -1, -1); });
}
long suspending_recursive_calls(long n) {
  return run([n] { return sum_of_recursive_calls(n, -1, -1); });
}
long resumes(long depth, long n) {
  return run([=] { return deep(depth - 1, n); });
}

long round_trips(long n) {
  return run([n] {
    boost::fibers::unbuffered_channel<long> there, back;
    fiber other = spawn([&] {
      for (long value : there)
        back.push(value);
    });
    long sum = 0;
    for (long i = 0; i < n; ++i) {
      there.push(i);
      sum += back.value_pop();
    }
    there.close();
    other.join();
    return sum;
  });
}

long spawns(long live, long n) {
  std::vector<fiber> tasks;
  tasks.reserve(live);
  long sum = 0;
  for (long i = 0; i < n;) {
    for (long j = 0; j < live; ++j, ++i)
      tasks.push_back(spawn([i, &sum] {
        if (i < 0)
          this_fiber::yield();
        sum += i;
      }));
    for (auto& task : tasks)
      task.join();
    tasks.clear();
  }
  return sum;
}

long sleeps(long n, sleepers& all, void (*asleep)(const sleepers&)) {
  boost::fibers::fixedsize_stack stack(8 * 1024);
  for (long i = 0; i < n; ++i)
    fiber(std::allocator_arg, stack, [&all] {
      ++all.asleep;
      this_fiber::sleep_for(all.time);
      ++all.awake;
    }).detach();
  this_fiber::yield();
  asleep(all);
  while (all.awake != n)
    this_fiber::sleep_for(std::chrono::milliseconds(1));
  return all.awake;
}

} // namespace boost_way
