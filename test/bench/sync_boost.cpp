// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Locks, promises and a sieve with Boost.Fiber and its default scheduler.

#include "sync_workloads.h"
#include <boost/fiber/all.hpp>
#include <memory>
#include <vector>

namespace boost_way {

using boost::fibers::fiber;

long locks(long n) {
  boost::fibers::mutex m;
  long count = 0;
  for (; count < n; ++count) {
    m.lock();
    hide(count);
    m.unlock();
  }
  return count;
}

long contended_locks(long n) {
  boost::fibers::mutex m;
  long count = 0;
  auto lock_in_turn = [&] {
    for (long i = 0; i < n / 2; ++i) {
      m.lock();
      ++count;
      boost::this_fiber::yield();
      m.unlock();
    }
  };
  fiber one(lock_in_turn), other(lock_in_turn);
  one.join();
  other.join();
  return count;
}

long promises(long n) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    boost::fibers::promise<long> promise;
    boost::fibers::future<long> future = promise.get_future();
    promise.set_value(i);
    sum += future.get();
  }
  return sum;
}

long sieve(long n) {
  using numbers = boost::fibers::unbuffered_channel<long>;
  constexpr auto sent = boost::fibers::channel_op_status::success;
  boost::fibers::pooled_fixedsize_stack stacks(16 * 1024);
  std::vector<std::unique_ptr<numbers>> channels;
  std::vector<fiber> fibers;
  auto spawn = [&](auto f) { fibers.emplace_back(std::allocator_arg, stacks, f); };
  channels.push_back(std::make_unique<numbers>());
  spawn([&to = *channels.back()] {
    for (long i = 2; to.push(i) == sent; ++i) {
    }
  });
  long prime = 0;
  for (long i = 0; i < n; ++i) {
    numbers& from = *channels.back();
    prime = from.value_pop();
    channels.push_back(std::make_unique<numbers>());
    spawn([&from, &to = *channels.back(), prime] {
      for (long i : from)
        if (i % prime != 0 && to.push(i) != sent)
          break;
      from.close();
    });
  }
  channels.back()->close();
  for (fiber& each : fibers)
    each.join();
  return prime;
}

} // namespace boost_way
