// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Dumps of fibers, also for a signal, and the watchdog.

#include "fiber_frames.h"

#include <weft/watch.h>

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <mutex>
#include <thread>

using namespace fibers;
using namespace std::chrono_literals;

namespace {

// 10 void inner(step& last) {
// 11   weft::this_fiber::yield();
// 12   last();
//    }
struct inner_frame final : weft::fiber_frame<void> {
  step& last;
  weft::slot<weft::detail::yield_awaiter> wait;
  inner_frame(weft::into<void> result, step& last)
      : weft::fiber_frame<void>(result), last(last) {}
  static constexpr weft::function_facts weft_facts() {
    return {"test::inner", "test.cpp", weft::lines<10, 11, 12>};
  }
  weft::outcome weft_run() {
    weft::activation_end<inner_frame> weft_end(*this);
    switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
    wait.emplace_from([] { return weft::this_fiber::yield(); });
    if (weft_wait(1, wait.value)) { return weft_end.paused(); }
  suspended_1:
    weft_resumed();
    if (weft_call(2, last())) { return weft_end.paused(); }
  suspended_2:
    weft_resumed();
    return weft_end.done();
  }
};
// 20 void outer(step last) {
// 21   inner(last);
//    }
struct outer_frame final : weft::fiber_frame<void> {
  step& last;
  outer_frame(weft::into<void> result, step& last)
      : weft::fiber_frame<void>(result), last(last) {}
  static constexpr weft::function_facts weft_facts() {
    return {"test::outer", "test.cpp", weft::lines<20, 21>};
  }
  weft::outcome weft_run() {
    weft::activation_end<outer_frame> weft_end(*this);
    switch (weft_enter()) { case 0: break; case 1: goto suspended_1; }
    if (weft_call(1, weft::begin<inner_frame>(weft::into<void>(), last))) { return weft_end.paused(); }
  suspended_1:
    weft_resumed();
    return weft_end.done();
  }
};
struct outer {
  using weft_signature = void();
  step last;
  weft::activation* weft_begin(weft::into<void> result) {
    return weft::begin<outer_frame>(result, last);
  }
};

std::string dump() {
  std::FILE* file = std::tmpfile();
  weft::dump_fibers(file);
  std::string text(static_cast<std::size_t>(std::ftell(file)), ' ');
  std::rewind(file);
  EXPECT_EQ(std::fread(text.data(), 1, text.size(), file), text.size());
  std::fclose(file);
  return text;
}
bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Watch : public testing::Test {
protected:
  void SetUp() override { begin_test(); }
};

TEST_F(Watch, DumpsGiveTheLogicalCallChain) {
  auto task = weft::spawn(outer{sleep(1h)});
  EXPECT_TRUE(contains(dump(), "waits for its start; spawned at " __FILE__));
  EXPECT_TRUE(contains(dump(), "    in test::outer at test.cpp:20\n")) << dump();
  weft::run(sequence('.', {yield()}));
  EXPECT_TRUE(contains(dump(), "    in test::inner at test.cpp:11\n"
                               "    in test::outer at test.cpp:21\n")) << dump();
  settle();
  EXPECT_TRUE(contains(dump(), "waits for a timer")) << dump();
  EXPECT_TRUE(contains(dump(), "    in test::inner at test.cpp:12\n"
                               "    in test::outer at test.cpp:21\n")) << dump();
  weft::run(sequence('.', {act([] {
    EXPECT_TRUE(contains(dump(), "waits for nothing: it runs; it runs 'weft::run'"));
  })}));
  task.cancel();
}

TEST_F(Watch, ASignalBringsADumpAbout) {
  weft::dump_fibers_on(SIGUSR1);
  auto task = weft::spawn(outer{sleep(1h)});
  testing::internal::CaptureStderr();
  weft::run(sequence('.', {yield(), yield(), act([] { std::raise(SIGUSR1); }), sleep(200ms)}));
  const std::string text = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(contains(text, "weft: the fibers of a thread:\n")) << text;
  EXPECT_TRUE(contains(text, "    in test::inner at test.cpp:12\n")) << text;
  task.cancel();
}

TEST_F(Watch, TheHelperThreadHidesNoDeadlock) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        weft::dump_fibers_on(SIGUSR1);
        weft::channel<int> never(1);
        weft::run(waiting([&] { return never.receive(); }));
      },
      testing::ExitedWithCode(weft::deadlock_exit_status), "deadlock");
}

struct reports {
  std::mutex mutex;
  std::vector<std::string> all;
  std::vector<std::string> take() {
    std::lock_guard<std::mutex> lock(mutex);
    return std::exchange(all, {});
  }
} reported;

void keep(const weft::long_turn& turn) {
  std::lock_guard<std::mutex> lock(reported.mutex);
  reported.all.push_back(std::string(turn.function ? turn.function : "?") + " " +
                         (turn.file ? turn.file : "?") + ":" + std::to_string(turn.line));
}
void be_busy(std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < end) {
  }
}

TEST_F(Watch, LongTurnsAreReportedOnce) {
  weft::set_watchdog(40ms, keep);
  weft::run(outer{act([] { be_busy(300ms); })});
  EXPECT_EQ(reported.take(), std::vector<std::string>{"test::inner test.cpp:11"});

  // One that has not paused yet, one that lets others run, and one that waits.
  weft::run([] { be_busy(300ms); });
  EXPECT_EQ(reported.take(), std::vector<std::string>{"weft::run ?:0"});
  weft::run(sequence('.', {yield(), act([] { be_busy(1ms); }), yield(), sleep(300ms)}));
  EXPECT_EQ(reported.take(), std::vector<std::string>{});

  // Between runs nothing runs.
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(reported.take(), std::vector<std::string>{});
  weft::set_watchdog(0ms);
  weft::run(outer{act([] { be_busy(300ms); })});
  EXPECT_EQ(reported.take(), std::vector<std::string>{});
}

TEST_F(Watch, AFiberMaySetTheWatchdog) {
  auto task = weft::spawn(outer{act([] { be_busy(300ms); })});
  weft::run(sequence('.', {act([] { weft::set_watchdog(40ms, keep); }), yield(), yield(), yield()}));
  weft::set_watchdog(0ms);
  EXPECT_EQ(reported.take(), std::vector<std::string>{"test::inner test.cpp:11"});
}

} // namespace
