// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What fibers synchronise by, in transformed programs: a bounded buffer and
// readers and writers, whose invariants hold wherever a fiber is cancelled.

// ORACLE: expected
// RUN: %check %s %t

#include "objects.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>
#include <weft/fiber.h>

using namespace std::chrono_literals;

struct bounded_buffer {
  weft::mutex m;
  weft::condition_variable not_full, not_empty;
  std::vector<int> items;
  int puts = 0, takes = 0;

  void check() const {
    if (items.size() > 2 || puts - takes != static_cast<int>(items.size()))
      at("BROKEN");
  }
  [[weft::fiber]] void put(int item) {
    std::unique_lock held(m);
    not_full.wait(held, [&] { return items.size() < 2; });
    items.push_back(item);
    ++puts;
    check();
    not_empty.notify_one();
  }
  [[weft::fiber]] int take() {
    std::unique_lock held(m);
    while (items.empty())
      not_empty.wait(held);
    const int item = items.front();
    items.erase(items.begin());
    ++takes;
    check();
    not_full.notify_one();
    return item;
  }
};

/// Cancels a producer in its kth turn, and a consumer: the rest goes on.
static void buffer(int k) {
  bounded_buffer b;
  auto produce = [&](int first) {
    for (int i = 0; i < 4; ++i)
      b.put(first + i);
  };
  auto consume = [&] {
    for (int i = 0; i < 4; ++i) {
      b.take();
      weft::this_fiber::yield();
    }
  };
  auto one = weft::spawn(produce, 10), two = weft::spawn(produce, 20);
  auto reader = weft::spawn(consume), other = weft::spawn(consume);
  for (int i = 0; i < k; ++i)
    weft::this_fiber::yield();
  one.cancel();
  one.join();
  reader.cancel();
  reader.join();
  for (int i = 0; i < 40 && !(two.done() && other.done()); ++i)
    weft::this_fiber::yield();
  // The rest is one-sided: what is left can be taken, or put.
  while (!two.done()) {
    b.take();
    weft::this_fiber::yield();
  }
  while (!other.done()) {
    b.put(0);
    weft::this_fiber::yield();
  }
  if (!b.m.try_lock())
    at("still locked after", k);
  b.check();
}

static void readers_and_writers(int k) {
  weft::shared_mutex m;
  int readers = 0, writers = 0;
  auto read = [&] {
    for (int i = 0; i < 3; ++i) {
      std::shared_lock held(m);
      struct inside {
        int& count;
        explicit inside(int& count) : count(count) { ++count; }
        ~inside() { --count; }
      } here(readers);
      if (writers != 0)
        at("BROKEN: a writer beside a reader");
      weft::this_fiber::yield();
    }
  };
  auto write = [&] {
    for (int i = 0; i < 3; ++i) {
      std::unique_lock held(m);
      if (readers != 0 || ++writers != 1)
        at("BROKEN: not alone");
      std::unique_ptr<int, void (*)(int*)> leaves(&writers, [](int* n) { --*n; });
      weft::this_fiber::yield();
    }
  };
  auto a = weft::spawn(read), b = weft::spawn(write), c = weft::spawn(read),
       d = weft::spawn(write);
  for (int i = 0; i < k; ++i)
    weft::this_fiber::yield();
  (k % 2 ? b : a).cancel();
  a.join(), b.join(), c.join(), d.join();
  if (!m.try_lock())
    at("still locked after", k);
}

static void phase() { at("phase"); }
static void timed() {
  weft::mutex m;
  m.lock();
  weft::run([&] { at("outside", m.try_lock()); });
  auto other = weft::spawn([&] { at("in time", m.try_lock_for(1ms)); });
  other.join();
  weft::semaphore permits(1);
  permits.acquire();
  at("permit", permits.try_acquire_until(std::chrono::steady_clock::now() + 1ms));
  weft::event go;
  weft::latch all(2);
  weft::barrier together(2, phase);
  auto one = weft::spawn([&] {
    all.arrive_and_wait();
    together.arrive_and_wait();
    go.set();
  });
  all.arrive_and_wait();
  together.arrive_and_wait();
  at("set", go.wait_for(1h));
  one.join();
}

/// The guards of the standard library wait, too.
static void guards() {
  weft::mutex m;
  weft::shared_mutex s;
  std::unique_lock held(m, std::defer_lock);
  held.relock();
  at("owns", held.owns_lock() && !m.try_lock());
  auto other = weft::spawn([&] {
    std::unique_lock mine(m, std::defer_lock);
    at("not in time", mine.try_lock_for(1ms) || mine);
    mine.relock();
    at("in turn", mine.owns_lock());
  });
  weft::this_fiber::sleep_for(3ms);
  held.unlock();
  other.join();
  std::unique_lock<weft::mutex> moved(std::move(held));
  moved.relock();
  std::shared_lock one(s, std::try_to_lock), two(s, std::defer_lock);
  two.relock();
  at("shared", one && two && !s.try_lock());
  auto waits = weft::spawn([&] {
    std::unique_lock alone(s, std::defer_lock);
    alone.relock();
    at("alone");
  });
  weft::this_fiber::yield();
  one.unlock();
  two = {};
  waits.join();
  at("free", s.try_lock());
}

int main() {
  for (int k = 0; k < 30; ++k)
    weft::run(buffer, k);
  for (int k = 0; k < 30; ++k)
    weft::run(readers_and_writers, k);
  weft::run(timed);
  weft::run(guards);
}

/* EXPECTED
  at outside 0
  at in time 0
  at permit 0
  at phase
  at set 1
  at owns 1
  at not in time 0
  at in turn 1
  at shared 1
  at alone
  at free 1
*/
