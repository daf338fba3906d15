// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What fibers synchronise by: each against its contract.

#include "fiber_frames.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

using namespace fibers;
using namespace std::chrono_literals;

namespace {

class Locks : public testing::Test {
protected:
  void SetUp() override { begin_test(); }
};

template <class L> step lock(L& of) {
  return wait([&of] { return of.lock(); });
}
template <class L> step unlock(L& of) {
  return act([&of] { of.unlock(); });
}
step lock_shared(weft::shared_mutex& of) {
  return wait([&of] { return of.lock_shared(); });
}
step unlock_shared(weft::shared_mutex& of) {
  return act([&of] { of.unlock_shared(); });
}
weft::task<void> spawn(char name, std::vector<step> steps) {
  return weft::spawn(sequence(name, std::move(steps)));
}
template <class Make> auto result(Make make) { return weft::run(waiting(make)); }

// Mutex.

TEST_F(Locks, MutexIsHandedOnInOrder) {
  weft::mutex m;
  ASSERT_TRUE(m.try_lock());
  std::vector<weft::task<void>> tasks;
  for (char name : {'a', 'b', 'c'})
    tasks.push_back(spawn(name, {lock(m), log('<'), yield(), log('>'), unlock(m)}));
  settle();
  EXPECT_EQ(take_events(), "");
  m.unlock();
  EXPECT_FALSE(m.try_lock()); // The first that waits has it already.
  settle(), settle(), settle();
  EXPECT_EQ(take_events(), "<>a<>b<>c");
  EXPECT_TRUE(m.try_lock());
}

TEST_F(Locks, MutexTimesOutAndIsConsistent) {
  weft::mutex m;
  ASSERT_TRUE(m.try_lock());
  EXPECT_FALSE(result([&] { return m.try_lock_for(1ms); }));
  EXPECT_FALSE(result([&] { return m.try_lock_for(-1ms); }));
  EXPECT_FALSE(result(
      [&] { return m.try_lock_until(std::chrono::system_clock::now() + 1ms); }));
  m.unlock();
  EXPECT_TRUE(result([&] { return m.try_lock_for(0ms); }));
  m.unlock();
  EXPECT_TRUE(m.try_lock());
  bool got = false;
  auto t = weft::spawn(sequence('t', {get(got, [&] { return m.try_lock_for(1h); })}));
  settle();
  m.unlock();
  settle();
  EXPECT_TRUE(got);
  EXPECT_TRUE(t.done());
}

#if WEFT_HAS_EXCEPTIONS
template <class F> weft::fiber_errc error_of(F&& f) {
  try {
    f();
  } catch (const weft::fiber_error& e) {
    return e.code();
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST_F(Locks, MutexTellsMisuse) {
  weft::mutex m;
  EXPECT_EQ(error_of([&] { m.unlock(); }), weft::fiber_errc::not_locked);
  EXPECT_EQ(error_of([&] { weft::run(sequence('s', {lock(m), lock(m)})); }),
            weft::fiber_errc::would_deadlock);
  weft::shared_mutex s;
  EXPECT_EQ(error_of([&] { s.unlock(); }), weft::fiber_errc::not_locked);
  EXPECT_EQ(error_of([&] { s.unlock_shared(); }), weft::fiber_errc::not_locked);
  weft::condition_variable c;
  std::unique_lock<weft::mutex> none;
  EXPECT_EQ(error_of([&] { weft::run(waiting([&] { return c.wait(none); })); }),
            weft::fiber_errc::not_locked);
}
#endif

// Of three that wait for a `T`, each is cancelled: the others are served in order,
// as if that one had not come.
template <class T, class Enter, class Leave, class... A>
void cancel_each(Enter enter, Leave leave, A... arguments) {
  for (std::size_t k = 0; k < 4; ++k) { // 3: none
    begin_test();
    T thing(arguments...);
    std::vector<weft::task<void>> tasks;
    for (char name : {'a', 'b', 'c'})
      tasks.push_back(spawn(name, {enter(thing), log('+')}));
    settle();
    EXPECT_EQ(take_events(), "");
    std::string expected = "+a+b+c";
    if (k < 3) {
      tasks[k].cancel();
      settle();
      EXPECT_EQ(take_events(), std::string(1, "abc"[k]));
      expected.erase(2 * k, 2);
    }
    for (int i = 0; i < 3; ++i)
      leave(thing), settle();
    EXPECT_EQ(take_events(), expected) << k;
    for (auto& t : tasks)
      EXPECT_TRUE(t.done());
  }
}

struct held_mutex : weft::mutex {
  held_mutex() { try_lock(); }
};
struct held_shared_mutex : weft::shared_mutex {
  held_shared_mutex() { try_lock(); }
  bool held = true;
};

TEST_F(Locks, OneThatIsCancelledIsAsIfItHadNotCome) {
  auto release = [](weft::semaphore& s) { s.release(); };
  cancel_each<weft::semaphore>(
      [](auto& s) { return wait([&] { return s.acquire(); }); }, release, 0u);
  cancel_each<weft::semaphore>(
      [](auto& s) {
        static bool got; // nobody looks
        return get(got, [&] { return s.try_acquire_for(1h); });
      },
      release, 0u);
  cancel_each<weft::event>([](auto& e) { return wait([&] { return e.wait(); }); },
                           [](auto& e) { e.set(); });
  cancel_each<weft::latch>([](auto& l) { return wait([&] { return l.wait(); }); },
                           [](auto& l) { l.count_down(); }, 1u);
  auto unlock_held = [](auto& m) {
    if (!m.try_lock())
      m.unlock();
  };
  cancel_each<held_mutex>([](auto& m) { return lock(m); }, unlock_held);
  cancel_each<held_shared_mutex>([](auto& m) { return lock(m); }, unlock_held);
  cancel_each<held_shared_mutex>([](auto& m) { return lock_shared(m); },
                                 [](auto& m) {
                                   if (std::exchange(m.held, false))
                                     m.unlock();
                                 });
}

TEST_F(Locks, WritersAndReadersInTheOrderInWhichTheyCame) {
  weft::shared_mutex m;
  auto reader = [&](char name) {
    return spawn(name, {lock_shared(m), log('<'), yield(), log('>'), unlock_shared(m)});
  };
  ASSERT_TRUE(m.try_lock());
  auto a = reader('a'), b = reader('b');
  auto c = spawn('c', {lock(m), log('['), yield(), log(']'), unlock(m)});
  auto d = reader('d');
  settle();
  m.unlock();
  EXPECT_FALSE(m.try_lock_shared()); // One waits to hold it alone.
  settle(), settle();
  EXPECT_EQ(take_events(), "<<>a>b[]c<>d");
  EXPECT_TRUE(m.try_lock());
  m.unlock();

  // A writer that gives up lets in those behind it.
  ASSERT_TRUE(m.try_lock_shared());
  auto e = spawn('e', {lock(m)});
  auto f = reader('f');
  settle();
  EXPECT_EQ(take_events(), "");
  e.cancel();
  settle(), settle();
  EXPECT_EQ(take_events(), "<e>f");
  EXPECT_FALSE(result([&] { return m.try_lock_for(1ms); }));
  EXPECT_TRUE(result([&] { return m.try_lock_shared_for(1ms); }));
}

// Condition variable.

/// Locks, waits, and unlocks at the end, however that comes.
struct waiter {
  weft::mutex& m;
  weft::condition_variable& c;
  std::unique_lock<weft::mutex> held{m, std::defer_lock};

  weft::task<void> start(char name, step wait) {
    return spawn(name, {lock(m), act([this] { held = {m, std::adopt_lock}; }),
                        std::move(wait), log('+'), act([this] { held.unlock(); })});
  }
  step plain() {
    return wait([this] { return c.wait(held); });
  }
};

TEST_F(Locks, ConditionNotifiesInOrderUnderTheMutex) {
  weft::mutex m;
  weft::condition_variable c;
  waiter of_a{m, c}, of_b{m, c}, of_c{m, c};
  auto a = of_a.start('a', of_a.plain()), b = of_b.start('b', of_b.plain()),
       d = of_c.start('c', of_c.plain());
  settle();
  ASSERT_TRUE(m.try_lock()); // They wait without it.
  c.notify_one();
  settle();
  EXPECT_EQ(take_events(), "");
  m.unlock();
  settle();
  EXPECT_EQ(take_events(), "+a");
  c.notify_all();
  settle();
  EXPECT_EQ(take_events(), "+b+c");
  c.notify_one(); // Nobody.
  EXPECT_TRUE(m.try_lock());
}

TEST_F(Locks, ConditionTimesOutUnderTheMutex) {
  weft::mutex m;
  weft::condition_variable c;
  waiter of{m, c};
  bool came = true;
  auto a = of.start('a', get(came, [&] { return c.wait_for(of.held, 1ms); }));
  settle();
  ASSERT_TRUE(m.try_lock());
  weft::run(sequence('s', {sleep(3ms)}));
  EXPECT_FALSE(a.done()); // Its time is over, but it gets the mutex first.
  c.notify_one();         // Too late.
  m.unlock();
  settle();
  EXPECT_TRUE(a.done());
  EXPECT_FALSE(came);
  take_events();

  int asked = 0;
  waiter with{m, c};
  auto b = with.start('b', get(came, [&] {
                        return c.wait_for(with.held, 1h, [&] { return ++asked == 3; });
                      }));
  for (int i = 0; i < 2; ++i)
    settle(), c.notify_one();
  settle();
  EXPECT_TRUE(came);
  EXPECT_EQ(asked, 3);
  EXPECT_TRUE(b.done());
  waiter late{m, c};
  auto d = late.start('d', get(came, [&] {
                        return c.wait_for(late.held, 1ms, [] { return false; });
                      }));
  weft::run(sequence('s', {sleep(3ms)}));
  EXPECT_FALSE(came);
  EXPECT_TRUE(m.try_lock());
}

#if WEFT_HAS_EXCEPTIONS
// Wherever a fiber is on its way through a wait, being cancelled leaves it with the
// mutex, and the others are served.
TEST_F(Locks, ConditionHoldsTheMutexWhenCancelled) {
  for (bool timed : {false, true})
    for (bool notified : {false, true})
      for (bool locked : {false, true}) {
        begin_test();
        weft::mutex m;
        weft::condition_variable c;
        waiter of_a{m, c}, of_b{m, c};
        bool held = false, came = false;
        auto plain = of_a.plain();
        auto until = get(came, [&] { return c.wait_for(of_a.held, 1h); });
        auto a = spawn('a', {attempt(call('.', {lock(m), act([&] {
                                                  of_a.held = {m, std::adopt_lock};
                                                }),
                                                timed ? until : plain, log('+'), yield()}),
                                     [&] { held = !m.try_lock(); }),
                             act([&] { of_a.held.unlock(); })});
        auto b = of_b.start('b', of_b.plain());
        settle();
        ASSERT_TRUE(m.try_lock());
        if (!locked)
          m.unlock();
        if (notified)
          c.notify_one();
        a.cancel();
        settle();
        EXPECT_EQ(a.done(), !locked);
        if (locked)
          m.unlock(), settle();
        EXPECT_TRUE(held);
        EXPECT_TRUE(a.done());
        // Notified first, it goes on to its next wait.
        EXPECT_EQ(take_events(), notified ? "+.a" : ".a");
        c.notify_one();
        settle();
        EXPECT_TRUE(b.done());
        EXPECT_TRUE(m.try_lock());
      }
}
#endif

// The others.

TEST_F(Locks, SemaphoreGivesPermitsInOrder) {
  weft::semaphore s(1);
  auto acquire = [&] { return wait([&] { return s.acquire(); }); };
  auto a = spawn('a', {acquire()}), b = spawn('b', {acquire()}),
       c = spawn('c', {acquire()});
  settle();
  EXPECT_EQ(take_events(), "a");
  EXPECT_FALSE(s.try_acquire());
  EXPECT_FALSE(result([&] { return s.try_acquire_for(1ms); }));
  s.release(3);
  settle();
  EXPECT_EQ(take_events(), "bc");
  EXPECT_EQ(s.available(), 1u);
  EXPECT_TRUE(s.try_acquire());
}

TEST_F(Locks, EventLetsAllGoOn) {
  weft::event e;
  auto a = spawn('a', {wait([&] { return e.wait(); })});
  auto b = spawn('b', {wait([&] { return e.wait(); })});
  settle();
  e.set(), e.reset();
  settle();
  EXPECT_EQ(take_events(), "ab");
  EXPECT_FALSE(result([&] { return e.wait_for(1ms); }));
  e.set();
  EXPECT_TRUE(result([&] { return e.wait_for(0ms); }));
  EXPECT_TRUE(result([&] { return e.wait_until(std::chrono::steady_clock::now()); }));
}

TEST_F(Locks, LatchCountsToZero) {
  weft::latch l(3);
  auto a = spawn('a', {wait([&] { return l.arrive_and_wait(); })});
  settle();
  EXPECT_FALSE(l.try_wait());
  EXPECT_FALSE(result([&] { return l.wait_for(1ms); }));
  l.count_down(5);
  settle();
  EXPECT_TRUE(a.done());
  EXPECT_TRUE(l.try_wait());
}

TEST_F(Locks, BarrierEndsPhases) {
  int phases = 0;
  weft::barrier b(3, [&] { ++phases; });
  auto arrive = [&] { return wait([&] { return b.arrive_and_wait(); }); };
  auto x = spawn('x', {arrive(), log('1'), arrive(), log('2')});
  auto y = spawn('y', {arrive(), log('1'), arrive(), log('2')});
  settle();
  EXPECT_EQ(phases, 0);
  auto z = spawn('z', {arrive()});
  auto w = spawn('w', {arrive()});
  settle(), settle();
  // The last goes on at once: z, and y in the second phase.
  EXPECT_EQ(take_events(), "z112yw2x");
  EXPECT_EQ(phases, 2);
  // Who gives up has not arrived.
  auto u = spawn('u', {arrive()});
  settle();
  u.cancel();
  settle();
  EXPECT_FALSE(result([&] { return b.arrive_and_wait_for(1ms); }));
  auto v = spawn('v', {arrive()});
  settle();
  b.arrive_and_drop();
  EXPECT_FALSE(v.done());
  auto t = spawn('t', {arrive()});
  settle();
  EXPECT_EQ(phases, 3);
  EXPECT_TRUE(v.done() && t.done());
  t = spawn('t', {arrive()}), v = spawn('v', {arrive()}); // Two are expected now.
  settle();
  EXPECT_EQ(phases, 4);
}

TEST_F(Locks, ChannelsWaitForATime) {
  weft::channel<int> ch;
  EXPECT_FALSE(result([&] { return ch.receive_for(1ms); }));
  EXPECT_FALSE(result([&] { return ch.send_for(1, 1ms); }));
  EXPECT_FALSE(result([&] { return ch.send_for(1, 0ms); }));
  bool sent = false;
  auto s = weft::spawn(sequence('s', {get(sent, [&] { return ch.send_for(7, 1h); })}));
  settle();
  EXPECT_EQ(result([&] { return ch.receive_for(1ms); }), 7);
  settle();
  EXPECT_TRUE(sent);
  EXPECT_FALSE(ch.try_receive()); // What was not sent in time is not there.
}

} // namespace
