// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Channels between fibers.

#include "fiber_frames.h"

#include <gtest/gtest.h>

#include <memory>

using namespace fibers;

namespace {

using ints = weft::channel<int>;
using maybe = std::optional<int>;

step send(ints& to, int value) {
  static bool sent; // nobody looks
  return get(sent, [&to, value] { return to.send(value); });
}
step receive(ints& from, maybe& out) {
  return [&out, make = [&from] { return from.receive(); }]() mutable {
    out.reset(); // constructed anew
    return weft::begin<wait_frame<decltype(make)>>(
        weft::into<maybe>(static_cast<void*>(&out)), make);
  };
}
std::string text(const maybe& m) { return m ? std::to_string(*m) : "none"; }

class Channels : public testing::Test {
protected:
  void SetUp() override { begin_test(); }
};

TEST_F(Channels, UnbufferedHandsOver) {
  ints ch;
  maybe a, b;
  auto s = weft::spawn(
      sequence('s', {send(ch, 1), log('1'), send(ch, 2), log('2')}));
  EXPECT_FALSE(ch.try_receive());
  EXPECT_FALSE(ch.try_send(7));
  weft::run(sequence('r', {receive(ch, a), receive(ch, b), log('r')}));
  EXPECT_EQ(text(a) + text(b), "12");
  weft::run(waiting([&] { return s.join(); }));
  EXPECT_EQ(take_events(), "1rr2s");
}

TEST_F(Channels, BufferedKeepsOrder) {
  ints ch(2);
  maybe a, b, c;
  auto s = weft::spawn(sequence('s', {send(ch, 1), log('1'), send(ch, 2),
                                      log('2'), send(ch, 3), log('3')}));
  weft::run(sequence('r', {yield(), log('y'), receive(ch, a), receive(ch, b),
                           receive(ch, c)}));
  EXPECT_EQ(text(a) + text(b) + text(c), "123");
  EXPECT_EQ(take_events().substr(0, 3), "12y");
  EXPECT_TRUE(ch.try_send(4));
  EXPECT_TRUE(ch.try_send(5));
  EXPECT_FALSE(ch.try_send(6));
  EXPECT_EQ(ch.size(), 2u);
  ch.close();
  EXPECT_FALSE(ch.try_send(6));
  weft::run(sequence('r', {receive(ch, a), receive(ch, b), receive(ch, c)}));
  EXPECT_EQ(text(a) + text(b) + text(c), "45none");
  weft::run(waiting([&] { return s.join(); }));
}

TEST_F(Channels, ReceiversInTheOrderInWhichTheyCame) {
  ints ch;
  maybe got[3];
  std::vector<weft::task<void>> tasks;
  for (int i = 0; i < 3; ++i)
    tasks.push_back(weft::spawn(
        sequence(static_cast<char>('a' + i), {receive(ch, got[i])})));
  weft::run(sequence('s', {yield(), send(ch, 10), send(ch, 11), send(ch, 12),
                           yield()}));
  EXPECT_EQ(text(got[0]) + text(got[1]) + text(got[2]), "101112");
  EXPECT_EQ(take_events(), "abcs");
}

TEST_F(Channels, CloseWakesAllWhoWait) {
  ints ch;
  maybe got = 5;
  auto r = weft::spawn(sequence('r', {receive(ch, got)}));
  weft::run(sequence('c', {yield(), act([&] { ch.close(); }), yield()}));
  EXPECT_TRUE(r.done());
  EXPECT_EQ(text(got), "none");
  bool sent = true;
  ints other;
  auto s = weft::spawn(sequence('s', {get(sent, [&] { return other.send(1); })}));
  weft::run(sequence('c', {yield(), act([&] { other.close(); }), yield()}));
  EXPECT_TRUE(s.done());
  EXPECT_FALSE(sent);
  sent = weft::run(waiting([&] { return other.send(1); }));
  EXPECT_FALSE(sent);
}

TEST_F(Channels, CarriesWhatOnlyMoves) {
  weft::channel<std::unique_ptr<int>> ch;
  auto s = weft::spawn(
      waiting([&] { return ch.send(std::make_unique<int>(3)); }));
  auto got = weft::run(waiting([&] { return ch.receive(); }));
  EXPECT_EQ(**got, 3);
}

// void f() { for (int& v : ch) log += v; }
struct range_frame final : weft::fiber_frame<void> {
  ints& ch;
  union {
    weft::slot<ints::first_awaiter> first;
    weft::slot<ints::next_awaiter> next;
  };
  weft::slot<ints::iterator> at;

  range_frame(weft::into<void> r, ints& ch)
      : weft::fiber_frame<void>(r), ch(ch) {}
  weft::outcome weft_run() {
    weft::activation_end<range_frame> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    case 2: goto suspended_2;
    }
    first.emplace_from([&] { return ch.begin(); });
    if (weft_wait(1, first.value))
      return weft_end.paused();
  suspended_1:
    weft_resumed();
    at.emplace_from([&] { return first.value.await_resume(); });
    while (at.value != ch.end()) {
      events() += std::to_string(*at.value);
      next.emplace_from([&] { return ++at.value; });
      if (weft_wait(2, next.value))
        return weft_end.paused();
    suspended_2:
      weft_resumed();
      next.value.await_resume();
    }
    return weft_end.done();
  }
};
struct range {
  using weft_signature = void(ints&);
  weft::activation* weft_begin(weft::into<void> r, ints& ch) {
    return weft::begin<range_frame>(r, ch);
  }
};

TEST_F(Channels, AreRanges) {
  for (std::size_t capacity : {0, 1, 8}) {
    ints ch(capacity);
    auto r = weft::spawn(range(), std::ref(ch));
    weft::run(sequence('s', {send(ch, 1), yield(), send(ch, 2), send(ch, 3),
                             act([&] { ch.close(); })}));
    weft::run(waiting([&] { return r.join(); }));
    std::string got = take_events();
    got.erase(got.find('s'), 1);
    EXPECT_EQ(got, "123") << capacity;
  }
}

TEST_F(Channels, CancelledWaitersLeaveTheLine) {
  ints ch;
  maybe got[3];
  std::vector<weft::task<void>> tasks;
  for (int i = 0; i < 3; ++i)
    tasks.push_back(weft::spawn(
        sequence(static_cast<char>('a' + i), {receive(ch, got[i])})));
  weft::run(sequence('s', {yield(), act([&] { tasks[1].cancel(); }),
                           send(ch, 10), send(ch, 11), yield()}));
  EXPECT_EQ(text(got[0]) + text(got[2]), "1011");
  EXPECT_TRUE(tasks[1].done());

  ints to;
  tasks.clear();
  for (int i = 0; i < 3; ++i)
    tasks.push_back(weft::spawn(
        sequence(static_cast<char>('a' + i), {send(to, i)})));
  weft::run(sequence('r', {yield(), act([&] { tasks[0].cancel(); }),
                           receive(to, got[0]), receive(to, got[1])}));
  EXPECT_EQ(text(got[0]) + text(got[1]), "12");
}

TEST_F(Channels, ACancelledFiberKeepsWhatItHasReceived) {
  ints ch;
  maybe got;
  auto r = weft::spawn(sequence('r', {receive(ch, got), log('1'), yield(),
                                      log('2')}));
  weft::run(sequence('s', {yield(), send(ch, 4), act([&] { r.cancel(); }),
                           yield(), yield()}));
  EXPECT_EQ(text(got), "4");
  EXPECT_EQ(take_events(), "1rs");
}

} // namespace
