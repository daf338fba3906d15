// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What fibers take of memory, and from where.

#include "fiber_frames.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

using namespace fibers;
using namespace std::chrono_literals;

namespace {

// void tick(int n) { sleep_for(24h); use(n); }
struct tick_frame final : weft::fiber_frame<void> {
  int n;
  weft::slot<weft::detail::sleep_awaiter> awaiter;

  tick_frame(weft::into<void> r, int n) : weft::fiber_frame<void>(r), n(n) {}
  weft::outcome weft_run() {
    weft::activation_end<tick_frame> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    }
    awaiter.emplace_from([] { return weft::this_fiber::sleep_for(24h); });
    if (weft_wait(1, awaiter.value))
      return weft_end.paused();
  suspended_1:
    weft_resumed();
    return weft_end.done();
  }
};
struct tick {
  using weft_signature = void(int);
  weft::activation* weft_begin(weft::into<void> r, int n) {
    return weft::begin<tick_frame>(r, n);
  }
};

std::size_t held, calls;
void* counting_allocate(std::size_t bytes) {
  held += bytes;
  ++calls;
  return std::malloc(bytes);
}
void counting_deallocate(void* storage, std::size_t bytes) {
  held -= bytes;
  std::free(storage);
}

// The functions change between threads, so that each frees what it allocated.
template <class Body> void counted(Body body) {
  auto before =
      weft::set_memory_functions({counting_allocate, counting_deallocate});
  std::thread(body).join();
  weft::set_memory_functions(before);
}

TEST(FiberMemory, SleepingFibersAreSmall) {
  EXPECT_LE(sizeof(tick_frame), 48u);
  counted([] {
    constexpr std::size_t many = 100000;
    for (std::size_t i = 0; i < many; ++i)
      weft::spawn(tick(), 1).detach();
    weft::run(sequence('a', {yield()}));
    EXPECT_LE(held, many * 129); // with the scheduler itself
    std::printf("%.1f bytes for a sleeping fiber\n", double(held) / many);
  });
  EXPECT_EQ(held, 0u);
}

#if WEFT_HAS_EXCEPTIONS
weft::promise<int>* kept_when_out_of_memory = nullptr;
void* keeping_allocate(std::size_t bytes) {
  weft::promise<int>* promise = std::exchange(kept_when_out_of_memory, nullptr);
  if (promise == nullptr)
    return counting_allocate(bytes);
  promise->set_value(1);
  return nullptr;
}

// As another thread might, which nobody can hold up.
TEST(FiberMemory, APromiseIsKeptWhileThereIsNoneForATimer) {
  auto before = weft::set_memory_functions({keeping_allocate, counting_deallocate});
  std::thread([] {
    weft::promise<int> promise;
    auto future = promise.get_future();
    std::size_t which = 0;
    weft::run(sequence('a', {
        attempt(get(which, [&] {
                  kept_when_out_of_memory = &promise;
                  return weft::select(weft::on_ready(future), weft::after(1h));
                }),
                [] { events() += 'm'; })}));
    EXPECT_EQ(take_events(), "ma");
    EXPECT_EQ(weft::run(waiting([&] { return future.get(); })), 1);
  }).join();
  weft::set_memory_functions(before);
  EXPECT_EQ(held, 0u);
}
#endif

TEST(FiberMemory, IsReused) {
  counted([] {
    auto round = [] {
      for (int i = 0; i < 100; ++i) {
        std::vector<weft::task<int>> tasks;
        for (int k = 0; k < 10; ++k)
          tasks.push_back(weft::spawn(depth_function(), 20, true));
        for (auto& t : tasks)
          weft::run(waiting([&] { return t.get(); }));
      }
    };
    round();
    std::size_t before = calls;
    round();
    EXPECT_EQ(calls, before);
  });
  EXPECT_EQ(held, 0u);
}

TEST(FiberMemory, LargeFramesAndDeepStacksGoBack) {
  counted([] {
    weft::run(depth_function(), 1000000, true);
    EXPECT_LE(held, std::size_t(4) << 20);
  });
  EXPECT_EQ(held, 0u);
}

// void big() { char buffer[N]; yield(); }
template <std::size_t N> struct big_frame final : weft::fiber_frame<void> {
  char buffer[N];
  weft::slot<weft::detail::yield_awaiter> awaiter;

  explicit big_frame(weft::into<void> r) : weft::fiber_frame<void>(r) {}
  weft::outcome weft_run() {
    weft::activation_end<big_frame> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    }
    for (char& c : buffer)
      c = 1;
    awaiter.emplace_from([] { return weft::this_fiber::yield(); });
    if (weft_wait(1, awaiter.value))
      return weft_end.paused();
  suspended_1:
    weft_resumed();
    return weft_end.done();
  }
};
template <std::size_t N> struct big {
  using weft_signature = void();
  weft::activation* weft_begin(weft::into<void> r) {
    return weft::begin<big_frame<N>>(r);
  }
};
template <std::size_t N> void check_size() {
  for (int i = 0; i < 3; ++i) { // the second time its size is known
    auto a = weft::spawn(big<N>());
    auto b = weft::spawn(big<N>());
    weft::run(waiting([&] { return b.join(); }));
    weft::run(sequence('a', {[] { return big<N>().weft_begin({}); }, yield(),
                             [] { return big<N>().weft_begin({}); }}));
    EXPECT_TRUE(a.done());
  }
}

TEST(FiberMemory, FramesOfAnySize) {
  counted([] {
    check_size<1>();
    check_size<100>();
    check_size<500>();
    check_size<5000>();
    check_size<65000>();
    check_size<66000>();
    check_size<300000>();
  });
  EXPECT_EQ(held, 0u);
}

} // namespace
