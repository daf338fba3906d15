// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Simulated threads: what a seed decides, how time passes, where faults go.

#include "fiber_frames.h"

#include <weft/simulation.h>

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <set>
#include <stdexcept>
#include <thread>

using namespace fibers;
using namespace std::chrono_literals;
using weft::fault;
using weft::runtime_options;

namespace {

class Simulations : public testing::Test {
protected:
  void SetUp() override { begin_test(); }
};

/// Four fibers of two turns each.
void four() {
  std::vector<weft::task<void>> tasks;
  for (char name : {'1', '2', '3', '4'})
    tasks.push_back(weft::spawn(sequence(name, {log('a' + (name - '1')), yield()})));
  for (auto& each : tasks)
    weft::run(waiting([&] { return each.join(); }));
}
std::string order(std::uint64_t seed) {
  weft::simulation world(runtime_options().seed(seed));
  four();
  return take_events();
}

TEST_F(Simulations, ASeedDecidesTheOrder) {
  std::set<std::string> orders;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const std::string once = order(seed);
    EXPECT_EQ(order(seed), once);
    EXPECT_EQ(once.size(), 8u);
    orders.insert(once);
  }
  EXPECT_GT(orders.size(), 40u);
  four(); // Behind a simulation the order is the usual one.
  EXPECT_EQ(take_events(), "abcd1234");
}

TEST_F(Simulations, HoursPassAtOnce) {
  const auto begin = std::chrono::steady_clock::now();
  {
    weft::simulation world(runtime_options().virtual_clock());
    const auto present = weft::clock::now();
    auto late = weft::spawn(sequence('l', {sleep(10h), log('3')}));
    auto soon = weft::spawn(sequence('s', {sleep(1h), log('1'), sleep(2h), log('2')}));
    weft::run(waiting([&] { return late.join(); }));
    EXPECT_GE(weft::clock::now() - present, 10h);
    EXPECT_LT(weft::clock::now() - present, 10h + 1min);
    EXPECT_EQ(world.pauses(), 4u);
  }
  EXPECT_EQ(take_events(), "12s3l");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1min);
  EXPECT_LT(weft::clock::now() - begin, 1min);
}

TEST_F(Simulations, OtherThreadsAreGivenTheTime) {
  weft::simulation world(runtime_options().virtual_clock());
  weft::promise<int> promise;
  weft::future<int> future = promise.get_future();
  std::thread other([&] {
    std::this_thread::sleep_for(20ms);
    promise.set_value(5);
  });
  auto sleeper = weft::spawn(sequence('s', {sleep(1h), log('1')}));
  EXPECT_EQ(weft::run(waiting([&] { return future.get(); })), 5);
  EXPECT_EQ(take_events(), "");
  other.join();
  sleeper.cancel();
}

/// What becomes of a sender and a receiver with that fault, and how often they
/// pause.
std::string with_fault(fault what, std::uint64_t pause, std::uint64_t& pauses) {
  weft::simulation world(runtime_options().virtual_clock().inject(what, pause));
  auto a = weft::spawn(sequence('a', {log('1'), yield(), log('2'), sleep(1ms), log('3')}));
  auto b = weft::spawn(sequence('b', {log('4'), yield(), log('5')}));
  weft::run(waiting([&] { return a.join(); }));
  weft::run(waiting([&] { return b.join(); }));
  pauses = world.pauses();
  EXPECT_EQ(world.faults(), pause <= 4 ? 1u : 0u);
  return take_events();
}

TEST_F(Simulations, FaultsAtEachPause) {
  std::uint64_t pauses;
  EXPECT_EQ(with_fault(fault::none, 99, pauses), "1425b3a");
  // The pauses are the runner's, a's first, b's, a's second.
  EXPECT_EQ(pauses, 4u);
  EXPECT_EQ(with_fault(fault::cancel, 2, pauses), "14a5b");
  EXPECT_EQ(with_fault(fault::cancel, 3, pauses), "142b3a");
  EXPECT_EQ(with_fault(fault::cancel, 4, pauses), "1425ba");
  EXPECT_EQ(with_fault(fault::delay, 2, pauses), "145b23a");
  EXPECT_EQ(with_fault(fault::delay, 3, pauses), "1423a5b");
}

#if WEFT_HAS_EXCEPTIONS
TEST_F(Simulations, FaultsAreThrownAtThePause) {
  auto body = [](fault what) {
    weft::simulation world(runtime_options().inject(what, 2));
    auto a = weft::spawn(sequence('a', {
        attempt(yield(), [] {
          try {
            throw;
          } catch (const weft::injected_fault& f) {
            events() += f.what();
          } catch (const weft::cancelled&) {
            events() += "cancelled";
          }
        }), log('1')}));
    weft::run(waiting([&] { return a.join(); }));
    return take_events();
  };
  EXPECT_EQ(body(fault::raise), "an injected fault1a");
  EXPECT_EQ(body(fault::cancel), "cancelled1a");
}

/// Two fibers that each add one; throws when one of them is lost. The second
/// begins after a while, so that most orders hide it.
sequence lost_update(int& total) {
  auto add = [&](int rounds) {
    auto seen = std::make_shared<int>();
    std::vector<step> steps(rounds, yield());
    steps.push_back(act([&, seen] { *seen = total; }));
    steps.push_back(yield());
    steps.push_back(act([&, seen] { total = *seen + 1; }));
    return steps;
  };
  auto tasks = std::make_shared<std::vector<weft::task<void>>>();
  return sequence('.', {
      act([&total, tasks, add] {
        total = 0;
        tasks->clear();
        tasks->push_back(weft::spawn(sequence('.', add(0))));
        tasks->push_back(weft::spawn(sequence('.', add(6))));
      }),
      wait([tasks] { return (*tasks)[0].join(); }),
      wait([tasks] { return (*tasks)[1].join(); }),
      act([&total] {
        if (total != 2)
          throw std::runtime_error("an update is lost");
      })});
}

TEST_F(Simulations, ExploringFindsALostUpdate) {
  int total = 0;
  weft::run(lost_update(total)); // The usual order hides it.
  testing::internal::CaptureStderr();
  EXPECT_FALSE(weft::explore(1000, lost_update(total)));
  const std::string report = testing::internal::GetCapturedStderr();
  EXPECT_NE(report.find("an update is lost"), std::string::npos) << report;
  const std::size_t at = report.find("WEFT_SEED=");
  ASSERT_NE(at, std::string::npos) << report;
  const std::string seed = report.substr(at + 10, report.find(' ', at) - at - 10);
  EXPECT_NE(seed, "1"); // It was not the first.

  setenv("WEFT_SEED", seed.c_str(), 1);
  int runs = 0;
  testing::internal::CaptureStderr();
  EXPECT_FALSE(weft::explore(1000, sequence('.', {act([&] { ++runs; }), call('.', lost_update(total).steps)})));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), report);
  EXPECT_EQ(runs, 1);
  unsetenv("WEFT_SEED");
  take_events();
}

TEST_F(Simulations, ExploringFaultsComesToEveryPause) {
  int runs = 0;
  EXPECT_TRUE(weft::explore_faults(
      fault::cancel, sequence('.', {act([&] { ++runs; }), yield(), sleep(1h), yield()})));
  EXPECT_EQ(runs, 4); // The last without a fault.
  EXPECT_EQ(take_events(), "....");
  testing::internal::CaptureStderr();
  EXPECT_FALSE(weft::explore_faults(
      fault::raise,
      sequence('.', {yield(), attempt(yield(), [] { throw std::runtime_error("gone"); })})));
  const std::string report = testing::internal::GetCapturedStderr();
  EXPECT_NE(report.find("gone"), std::string::npos) << report;
  EXPECT_NE(report.find("WEFT_FAULT=raise@2 "), std::string::npos) << report;
  take_events();
}
#endif

TEST_F(Simulations, InvariantsAreAskedBehindEveryTurn) {
  int asked = 0, bad_turn = 4;
  auto holds = [&] { return ++asked != bad_turn; };
  for (bad_turn = 4; bad_turn != 0; bad_turn -= 4) {
    weft::simulation world(runtime_options().invariant(holds));
    weft::run(sequence('a', {yield(), yield(), yield(), yield()}));
    EXPECT_EQ(world.held(), bad_turn == 0);
  }
  EXPECT_GE(asked, 4);
  EXPECT_EQ(take_events(), "a");
}

} // namespace
