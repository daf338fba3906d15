// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fibers and other threads: wake-ups, threads that end, pollers.

#include "fiber_frames.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace fibers;
using namespace std::chrono_literals;

namespace {

class FiberThreads : public testing::Test {
protected:
  void SetUp() override { begin_test(); }
};

TEST_F(FiberThreads, PromiseSetOnAnotherThread) {
  for (int round = 0; round < 200; ++round) {
    weft::promise<int> p;
    auto f = p.get_future();
    std::thread setter([p = std::move(p), round]() mutable {
      if (round % 2)
        std::this_thread::yield();
      p.set_value(round);
    });
    EXPECT_EQ(weft::run(waiting([&] { return f.get(); })), round);
    setter.join();
  }
}

TEST_F(FiberThreads, ManyPromisesFromManyThreads) {
  constexpr int threads = 4, each = 500;
  std::vector<weft::promise<int>> promises(threads * each);
  std::vector<weft::future<int>> futures;
  std::vector<weft::task<int>> tasks;
  for (auto& p : promises)
    futures.push_back(p.get_future());
  for (auto& f : futures)
    tasks.push_back(weft::spawn(waiting([&f] { return f.get(); })));
  std::vector<std::thread> setters;
  for (int t = 0; t < threads; ++t)
    setters.emplace_back([&promises, t] {
      for (int i = 0; i < each; ++i)
        promises[std::size_t(i * threads + t)].set_value(i * threads + t);
    });
  long sum = 0;
  for (auto& t : tasks)
    sum += weft::run(waiting([&] { return t.get(); }));
  for (auto& s : setters)
    s.join();
  EXPECT_EQ(sum, long(threads * each) * (threads * each - 1) / 2);
}

TEST_F(FiberThreads, WaitingForAThreadBurnsNoProcessorTime) {
  weft::promise<void> p;
  auto f = p.get_future();
  timespec before, after;
  std::thread setter([&] {
    std::this_thread::sleep_for(400ms);
    p.set_value();
  });
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
  weft::run(waiting([&] { return f.get(); }));
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
  setter.join();
  double used = double(after.tv_sec - before.tv_sec) +
                double(after.tv_nsec - before.tv_nsec) * 1e-9;
  EXPECT_LT(used, 0.1);
}

TEST_F(FiberThreads, CancelRacesWithTheValue) {
  for (int round = 0; round < 200; ++round) {
    weft::promise<int> p;
    auto f = p.get_future();
    int got = 0;
    auto t = weft::spawn(sequence('a', {get(got, [&] { return f.get(); })}));
    std::thread setter([&] { p.set_value(1); });
    weft::run(sequence('.', {yield(), act([&] { t.cancel(); })}));
    weft::run(waiting([&] { return t.join(); }));
    setter.join();
  }
}

TEST_F(FiberThreads, EachThreadHasItsOwnFibers) {
  std::atomic<int> sum{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      auto t = weft::spawn(depth_function(), 1000, true);
      sum += weft::run(waiting([&] { return t.get(); }));
      sum += depth(20000, true);
    });
  for (auto& t : threads)
    t.join();
  EXPECT_EQ(sum, 4 * 21000);
}

std::atomic<int> alive;
struct counted {
  counted() { ++alive; }
  counted(const counted&) { ++alive; }
  ~counted() { --alive; }
};

TEST_F(FiberThreads, WhatIsLeftEndsWithTheThread) {
  std::thread([] {
    static thread_local weft::task<void> survivor;
    weft::channel<int> ch;
    counted c;
    auto sleeping = [c] { return weft::this_fiber::sleep_for(24h); };
    weft::spawn(waiting(sleeping)).detach();
    weft::spawn(waiting(sleeping)).detach();
    survivor = weft::spawn(waiting(sleeping));
    weft::run(sequence('b', {yield()}));
    weft::spawn(waiting(sleeping)).detach(); // never begins
    EXPECT_GT(alive, 1);
  }).join();
  EXPECT_EQ(alive, 0);
}

/// Lets go of a fiber, and makes others.
struct replaces {
  weft::task<void> child;
  explicit replaces(weft::task<void> child) : child(std::move(child)) {}
  ~replaces() {
    child = {};
    for (int i = 0; i < 3; ++i)
      weft::spawn(waiting([c = counted()] { return weft::this_fiber::sleep_for(24h); })).detach();
  }
};

TEST_F(FiberThreads, FibersWhoseTasksAreHeldEndOnceWithTheThread) {
  std::thread([] {
    static thread_local weft::task<weft::task<counted>> survivor;
    // Each lies in front of the one that holds its task.
    auto child = weft::spawn(waiting([c = counted()] { return weft::this_fiber::sleep_for(24h); }));
    auto held = std::make_shared<replaces>(std::move(child));
    weft::spawn(waiting([held] { return weft::this_fiber::sleep_for(24h); })).detach();
    held = nullptr;
    auto inner = weft::spawn([] { return counted(); });
    survivor = weft::spawn([t = std::move(inner)]() mutable { return std::move(t); });
    weft::run(waiting([] { return survivor.join(); }));
    EXPECT_EQ(alive, 2);
  }).join();
  EXPECT_EQ(alive, 0);
}

TEST_F(FiberThreads, TheEndOfAThreadWaitsForItsHelpers) {
  std::thread([] {
    std::atomic<bool> begun{false};
    weft::spawn(waiting([&, c = counted()] {
      return weft::offload([&] {
        begun = true;
        std::this_thread::sleep_for(30ms);
      });
    })).detach();
    while (!begun)
      weft::run(sequence('a', {yield()}));
    EXPECT_EQ(alive, 1);
  }).join();
  EXPECT_EQ(alive, 0);
}

int by_a_helper() {
  return weft::run(waiting([] { return weft::offload([] { return 7; }); }));
}

TEST_F(FiberThreads, AChildOfForkHasHelpersOfItsOwn) {
  EXPECT_EQ(by_a_helper(), 7);
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);
    std::exit(by_a_helper());
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << status;
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST_F(FiberThreads, AChildOfForkMayEndWithoutThem) {
  EXPECT_EQ(by_a_helper(), 7);
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);
    std::exit(3);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << status;
  EXPECT_EQ(WEXITSTATUS(status), 3);
}

TEST_F(FiberThreads, IdleHelpersHideNoDeadlock) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  auto wait_for_ever = [] {
    by_a_helper();
    alarm(20);
    weft::promise<int> never;
    auto f = never.get_future();
    weft::run(waiting([&] { return f.get(); }));
  };
  EXPECT_EXIT(wait_for_ever(), testing::ExitedWithCode(weft::deadlock_exit_status), "deadlock");
}

/// What an event loop would be: waits, and counts.
class counting_poller final : public weft::poller {
public:
  void wait(time_point deadline) override {
    std::unique_lock<std::mutex> lock(mutex);
    ++waits;
    auto is_woken = [this] { return woken; };
    if (deadline == time_point::max())
      condition.wait(lock, is_woken);
    else
      condition.wait_until(lock, deadline, is_woken);
    woken = false;
  }
  void poll() override { ++polls; }
  void wake() noexcept override {
    std::lock_guard<std::mutex> lock(mutex);
    woken = true;
    condition.notify_one();
  }
  int waits = 0, polls = 0;

private:
  std::mutex mutex;
  std::condition_variable condition;
  bool woken = false;
};

TEST_F(FiberThreads, PollersPlugIn) {
  counting_poller p;
  EXPECT_EQ(weft::set_poller(&p), nullptr);
  weft::run(sequence('a', {sleep(2ms)}));
  EXPECT_GT(p.waits, 0);
  std::vector<step> yields(1000, yield());
  weft::run(sequence('a', yields));
  EXPECT_GT(p.polls, 0);
  weft::promise<int> later;
  auto f = later.get_future();
  std::thread setter([&] { later.set_value(3); });
  EXPECT_EQ(weft::run(waiting([&] { return f.get(); })), 3);
  setter.join();
  EXPECT_EQ(weft::set_poller(nullptr), &p);
}

TEST_F(FiberThreads, ForeignHandleResumedByAnotherThread) {
  struct awaitable {
    std::thread worker{};
    int value = 0;
    bool await_ready() const { return false; }
    void await_suspend(weft::handle h) {
      worker = std::thread([this, h] {
        value = 5;
        h.resume();
      });
    }
    int await_resume() {
      worker.join();
      return value;
    }
  };
  for (int round = 0; round < 100; ++round) {
    awaitable a;
    EXPECT_EQ(weft::run(waiting([&] { return weft::await(a); })), 5);
  }
}

TEST_F(FiberThreads, DeepRecursionOnASmallThread) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 192 * 1024);
  pthread_t thread;
  auto body = [](void*) -> void* {
    return reinterpret_cast<void*>(std::intptr_t(depth(50000, true)));
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, body, nullptr), 0);
  void* result;
  pthread_join(thread, &result);
  pthread_attr_destroy(&attributes);
  EXPECT_EQ(std::intptr_t(result), 50000);
}

} // namespace
