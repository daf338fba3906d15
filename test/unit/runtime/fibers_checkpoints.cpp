// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Checkpoints: at which of them a fiber is switched, and that it really returns
// to the scheduler. WEFT_PREEMPT is read once in a process, so each way of
// setting it has a process of its own.

#include "fiber_frames.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>

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

void expect(const char* preempt, const std::string& trace_wanted) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe"; // Of its own, not a copy.
  EXPECT_EXIT(
      {
        const std::string found = trace(preempt);
        std::fprintf(stderr, "<%s>", found.c_str());
        std::exit(found == trace_wanted ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(Checkpoints, SwitchAsTheEnvironmentSays) {
  expect("never", "aaabbb cdd");
  expect("", "aaabbb cdd");
  expect("2x", "aaabbb cdd");
  expect("always", "ababab ddc");
}

TEST(Checkpoints, EveryNth) { expect("100", "aaabbb cdd"); }

TEST(Checkpoints, TheOnlyFiberReturnsToTheSchedulerToo) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_EXIT(
      {
        setenv("WEFT_PREEMPT", "always", 1);
        // Only the loop ends a fiber that was cancelled while it ran.
        std::unique_ptr<weft::task<void>> task;
        task = std::make_unique<weft::task<void>>(weft::spawn(rounds{'a', 1000000}));
        weft::run(sequence('m', {yield(), yield(), yield()}));
        task->cancel();
        weft::run(waiting([&] { return task->join(); }));
        std::exit(take_events() == "aam" ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

} // namespace
