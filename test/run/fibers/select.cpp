// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Select: exactly one case takes place, also when another thread, a timer or a
// cancellation comes at the same time.

// ORACLE: expected
// FLAGS: -pthread
// RUN: %check %s %t

#include "objects.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <weft/fiber.h>

using namespace std::chrono_literals;

static void kinds() {
  weft::channel<int> in, out;
  std::optional<int> got;
  at("default", weft::select(weft::on_receive(in, got), weft::otherwise()));
  at("timer", weft::select(weft::on_receive(in, got), weft::on_send(out, 1),
                           weft::after(1ms)));
  at("past", weft::select(weft::on_receive(in, got),
                          weft::at(std::chrono::system_clock::now() - 1s)));
  auto other = weft::spawn([&] {
    at("sent", in.send(4));
    at("received", *out.receive());
  });
  at("receives", weft::select(weft::on_receive(in, got), weft::on_send(out, 1),
                              weft::after(1h)));
  at("value", *got);
  bool sent = false;
  at("sends", weft::select(weft::on_receive(in, got), weft::on_send(out, 2, &sent),
                           weft::after(1h)));
  at("sent", sent);
  other.join();
  // Already there: the first in order.
  weft::channel<int> full(1);
  full.try_send(7);
  at("first", weft::select(weft::on_receive(in, got), weft::on_receive(full, got),
                           weft::after(-1s)));
  at("value", *got);
  in.close();
  at("closed", weft::select(weft::on_receive(full, got), weft::on_receive(in, got)));
  at("none", got.has_value());
  auto task = weft::spawn([] { weft::this_fiber::sleep_for(2ms); });
  at("not ended", task.join_for(100us));
  at("ended", weft::select(weft::on_receive(full, got), weft::on_end(task)));
}

static void futures() {
  weft::channel<int> never;
  std::optional<int> got;
  weft::promise<int> promise;
  auto future = promise.get_future();
  at("not ready", future.wait_for(1ms));
  std::thread setter([&] {
    std::this_thread::sleep_for(2ms);
    promise.set_value(3);
  });
  at("ready", weft::select(weft::on_receive(never, got), weft::on_ready(future)));
  at("ready", future.wait_for(0s));
  at("value", future.get());
  setter.join();
}

/// A thread sets the promise while a timer is due and the fiber is cancelled.
static void races() {
  int by_time = 0, by_thread = 0, cancelled = 0;
  for (int i = 0; i < 300; ++i) {
    weft::channel<int> never;
    std::optional<int> got;
    weft::promise<int> promise;
    auto future = promise.get_future();
    std::thread setter([&] {
      for (int spin = 0; spin < i * 50; ++spin)
        std::atomic_signal_fence(std::memory_order_seq_cst);
      promise.set_value(i);
    });
    bool whole = false;
    auto waits = weft::spawn([&] {
      const auto first =
          weft::select(weft::on_receive(never, got), weft::on_ready(future),
                       weft::after(std::chrono::microseconds(i)));
      (first == 1 ? by_thread : by_time) += 1;
      if (first == 1 && future.get() != i)
        at("BROKEN: value");
      whole = true;
    });
    if (i % 3 == 0) {
      weft::this_fiber::sleep_for(std::chrono::microseconds(i));
      waits.cancel();
    }
    waits.join();
    cancelled += !whole;
    setter.join();
    if (never.try_send(1))
      at("BROKEN: somebody is left in line");
  }
  at("all", by_time + by_thread + cancelled);
}

/// Several fibers take from two channels: every value arrives once.
static void exactly_once() {
  weft::channel<int> a, b(2);
  int sum = 0, count = 0;
  weft::with_scope([&](weft::scope& s) {
    for (int i = 0; i < 3; ++i)
      s.spawn([&] {
        std::optional<int> got;
        for (;;) {
          const auto which = weft::select(weft::on_receive(a, got),
                                          weft::on_receive(b, got), weft::after(1h));
          if (!got)
            return;
          sum += *got * (which == 0 ? 1 : 100);
          ++count;
        }
      });
    for (int i = 1; i <= 10; ++i) {
      weft::select(weft::on_send(a, i), weft::after(1h));
      b.send(i);
    }
    a.close();
    b.close();
  });
  at("count", count);
  at("sum", sum);
}

int main() {
  weft::run(kinds);
  weft::run(futures);
  weft::run(races);
  weft::run(exactly_once);
}

/* EXPECTED
  at default 1
  at timer 2
  at past 1
  at sent 1
  at receives 0
  at value 4
  at sends 1
  at sent 1
  at received 2
  at first 1
  at value 7
  at closed 1
  at none 0
  at not ended 0
  at ended 1
  at not ready 0
  at ready 1
  at ready 1
  at value 3
  at all 300
  at count 20
  at sum 5555
*/
