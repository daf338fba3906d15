// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fibers wait for QCoro's tasks, and for what it makes of Qt's timers, futures and
// threads. They are resumed from Qt's event loop, in which the scheduler waits.

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QPromise>
#include <QThread>
#include <QTimer>
#include <qcoro/qcorocore.h>
#include <qcoro/qcorothread.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <weft/fiber.h>

using namespace std::chrono_literals;

/// The scheduler's waits are turns of Qt's event loop.
class qt_poller : public weft::poller {
public:
  void wait(time_point deadline) override {
    if (deadline != time_point::max()) {
      auto rest = deadline - std::chrono::steady_clock::now();
      alarm.start(std::chrono::ceil<std::chrono::milliseconds>(std::max(rest, decltype(rest)())));
    }
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    alarm.stop();
  }
  void poll() override { QCoreApplication::processEvents(); }
  void wake() noexcept override { QCoreApplication::eventDispatcher()->wakeUp(); }

private:
  QTimer alarm;
};

// The library's side: coroutines of C++20.

static QCoro::Task<int> twice(int value) {
  co_await QCoro::sleepFor(2ms);
  co_return 2 * value;
}
static QCoro::Task<std::string> fails(bool at_once) {
  if (!at_once)
    co_await QCoro::sleepFor(1ms);
  throw std::runtime_error("failed");
}
static QCoro::Task<int> ready(int value) { co_return value; }

// Ours.

[[weft::fiber]] static int sum(int from, int to) {
  int total = 0;
  for (int i = from; i < to; ++i)
    total += weft::await(twice(i)) + weft::await(ready(1));
  return total;
}

[[weft::fiber]] static void failures() {
  for (bool at_once : {true, false}) {
    try {
      weft::await(fails(at_once));
      std::printf("no exception\n");
    } catch (const std::runtime_error& e) {
      std::string what = weft::await(ready(0)) == 0 ? e.what() : "";
      std::printf("caught: %s\n", what.c_str());
    }
  }
}

/// Resumed by another thread's event loop; the fiber goes on on its own.
[[weft::fiber]] static void resumed_elsewhere() {
  QThread other;
  other.start();
  auto moved = QCoro::moveToThread(&other);
  weft::await(moved);
  std::printf("on the other thread: %s\n", QThread::currentThread() == &other ? "yes" : "no");
  other.quit();
  bool finished = weft::await(qCoro(other).waitForFinished(10s));
  std::printf("other thread: %s\n", finished ? "finished" : "runs");
}

/// Satisfied by another thread; resumed by this one's loop.
[[weft::fiber]] static void future() {
  QPromise<int> promise;
  std::unique_ptr<QThread> thread(QThread::create([&] {
    promise.start();
    QThread::msleep(2);
    promise.addResult(7);
    promise.finish();
  }));
  auto answer = qCoro(promise.future()).waitForFinished();
  thread->start();
  std::printf("future: %d\n", weft::await(answer));
  thread->wait();
}

[[weft::fiber]] static void timer() {
  QTimer timer;
  timer.setSingleShot(true);
  timer.start(1ms);
  weft::await(qCoro(timer).waitForTimeout());
  std::printf("timer: %s\n", timer.isActive() ? "active" : "over");
}

int main(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  qt_poller poller;
  weft::set_poller(&poller);
  weft::run([] {
    auto left = weft::spawn(sum, 0, 5);
    auto right = weft::spawn(sum, 5, 10);
    std::printf("left: %d, right: %d\n", left.get(), right.get());
    failures();
    resumed_elsewhere();
    future();
    timer();
    weft::this_fiber::sleep_for(1ms);
  });
  weft::set_poller(nullptr);
}
