// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Checkpoints: at which of them a fiber is switched, and that it really returns
// to the scheduler. WEFT_PREEMPT is read once in a process, so each way of
// setting it has a process of its own.

#include "fiber_frames.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

using namespace fibers;

namespace {

// [[weft::green]] void rounds(char name, int n) {
//   for (int i = 0; i < n; ++i)
//     events() += name;
// }
struct rounds_frame final : weft::fiber_frame<void> {
  char name;
  int n, i;
  rounds_frame(weft::into<void> result, char name, int n)
      : weft::fiber_frame<void>(result), name(name), n(n) {}
  weft::outcome weft_run() {
    weft::activation_end weft_end(*this);
    switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
    if (weft_checkpoint(1)) { return weft_end.paused(); suspended_1: weft_resumed(); }
    for (i = 0; i < n; ++i) {
      if (weft_checkpoint(2)) { return weft_end.paused(); suspended_2: weft_resumed(); }
      events() += name;
    }
    return weft_end.done();
  }
};
weft::activation* rounds_fiber(weft::into<void> result, char name, int n) {
  return weft::begin<rounds_frame>(result, name, n);
}
struct rounds {
  using weft_signature = void();
  char name;
  int n;
  weft::activation* weft_begin(weft::into<void> result) { return rounds_fiber(result, name, n); }
};
void driven(char name, int n) {
  weft::drive<void>("rounds", [&](weft::into<void> result) { return rounds_fiber(result, name, n); });
}

/// What two fibers of three rounds do one after the other, then a driven one
/// inside a fiber, while another is ready.
std::string trace(const char* preempt) {
  setenv("WEFT_PREEMPT", preempt, 1);
  auto a = weft::spawn(rounds{'a', 3});
  auto b = weft::spawn(rounds{'b', 3});
  weft::run(waiting([&] { return b.join(); }));
  events() += ' ';
  auto c = weft::spawn(rounds{'c', 1});
  weft::run([] { driven('d', 2); });
  weft::run(waiting([&] { return c.join(); }));
  return take_events();
}

void expect(const char* preempt, const char* wanted) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe"; // Of its own, not a copy.
  EXPECT_EXIT(
      {
        std::fprintf(stderr, "<%s>", trace(preempt).c_str());
        std::exit(0);
      },
      testing::ExitedWithCode(0), wanted)
      << preempt;
}

TEST(Checkpoints, SwitchAsTheEnvironmentSays) {
  for (const char* never : {"never", "", "0", "2x", "100"})
    expect(never, "<aaabbb ddc>");
  expect("always", "<ababab ddc>");
  expect("1", "<ababab ddc>");
  expect("2", "<aabbab ddc>");
}

TEST(Checkpoints, TheOnlyFiberReturnsToTheSchedulerToo) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_EXIT(
      {
        setenv("WEFT_PREEMPT", "always", 1);
        auto task = weft::spawn(rounds{'a', 1000000});
        weft::run(sequence('m', {yield(), yield(), yield()}));
        // Only the scheduler ends a fiber that is cancelled while it is ready.
        task.cancel();
        weft::run(waiting([&] { return task.join(); }));
        std::fprintf(stderr, "<%s>", take_events().c_str());
        std::exit(0);
      },
      testing::ExitedWithCode(0), "<am>");
}

} // namespace
