// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Locks, promises, timers and a sieve with Weft.

#include "sync_workloads.h"
#include <chrono>
#include <memory>
#include <mutex>
#include <vector>
#include <weft/fiber.h>

namespace weft_way {

[[weft::fiber]] static long lock_often(weft::mutex& m, long n) {
  long count = 0;
  for (; count < n; ++count) {
    m.lock();
    hide(count);
    m.unlock();
  }
  return count;
}
long locks(long n) {
  weft::mutex m;
  return weft::run(lock_often, std::ref(m), n);
}

[[weft::fiber]] static void lock_in_turn(weft::mutex& m, long n, long& count) {
  for (long i = 0; i < n; ++i) {
    m.lock();
    ++count;
    weft::this_fiber::yield();
    m.unlock();
  }
}
long contended_locks(long n) {
  return weft::run([n] {
    weft::mutex m;
    long count = 0;
    auto one = weft::spawn(lock_in_turn, std::ref(m), n / 2, std::ref(count));
    auto other = weft::spawn(lock_in_turn, std::ref(m), n / 2, std::ref(count));
    one.join();
    other.join();
    return count;
  });
}

[[weft::fiber]] static long keep_promises(long n) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    weft::promise<long> promise;
    weft::future<long> future = promise.get_future();
    promise.set_value(i);
    sum += future.get();
  }
  return sum;
}
long promises(long n) { return weft::run(keep_promises, n); }

// What a wait with a deadline does when something else comes first.
long timers(long n) {
  weft::detail::timer_queue queue;
  weft::fiber waiter("bench");
  std::vector<weft::detail::timer> pending(pending_timers);
  long deadline = 1'000'000'000;
  for (weft::detail::timer& each : pending)
    queue.arm(each, waiter, deadline += 1000);
  weft::detail::timer one;
  long count = 0;
  for (; count < n; ++count) {
    queue.arm(one, waiter, 1'000'000'000 + count * 7919 % 100'000'000);
    hide(deadline);
    queue.disarm(one);
  }
  for (weft::detail::timer& each : pending)
    queue.disarm(each);
  return count;
}

using numbers = weft::channel<long>;
static void generate(numbers& to) {
  for (long i = 2; to.send(i); ++i) {
  }
}
static void filter(numbers& from, numbers& to, long prime) {
  while (auto i = from.receive())
    if (*i % prime != 0 && !to.send(*i))
      break;
  from.close();
}
long sieve(long n) {
  return weft::run([n] {
    std::vector<std::unique_ptr<numbers>> channels;
    std::vector<weft::task<void>> fibers;
    channels.push_back(std::make_unique<numbers>());
    fibers.push_back(weft::spawn(generate, std::ref(*channels.back())));
    long prime = 0;
    for (long i = 0; i < n; ++i) {
      numbers& from = *channels.back();
      prime = *from.receive();
      channels.push_back(std::make_unique<numbers>());
      fibers.push_back(weft::spawn(filter, std::ref(from), std::ref(*channels.back()), prime));
    }
    channels.back()->close();
    for (weft::task<void>& each : fibers)
      each.join();
    return prime;
  });
}

} // namespace weft_way
