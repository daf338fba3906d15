// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The guards of the standard library, made of the mutexes of fibers in every form of
// initialisation: each waits for its turn. One whose wait is cancelled holds nothing.

// ORACLE: expected
// RUN: %check %s %t

#include <weft/fiber.h>
#include <mutex>
#include <shared_mutex>
#include <cstdio>
static void say(const char* what, int i) { std::printf("%s %d\n", what, i); }
template <class M> [[weft::fiber]] void generic(M& m, int i) {
  m.lock();
  std::lock_guard<M> held(m, std::adopt_lock);
  say("generic", i);
  weft::this_fiber::yield();
  say("generic ends", i);
}
struct account {
  weft::mutex m;
  int value = 0;
  [[weft::fiber]] void add(int n) {
    std::lock_guard held(m);
    int before = value;
    weft::this_fiber::yield();
    value = before + n;
  }
  [[weft::fiber]] std::unique_lock<weft::mutex> hold() { return std::unique_lock<weft::mutex>(m); }
  [[weft::fiber]] std::unique_lock<weft::mutex> hold2() { return std::unique_lock{this->m}; }
};
[[weft::fiber]] void work(weft::mutex& m, weft::shared_mutex& s, account* a, int i) {
  { std::unique_lock held(m); say("one", i); weft::this_fiber::yield(); say("one ends", i);
    held.unlock(); held.relock(); }
  { std::lock_guard<weft::mutex> held{m}; say("two", i); weft::this_fiber::yield(); say("two ends", i); }
  { std::scoped_lock held(m); say("three", i); weft::this_fiber::yield(); say("three ends", i); }
  { std::scoped_lock held(s); say("four", i); weft::this_fiber::yield(); say("four ends", i); }
  { std::shared_lock held(s); say("five", i); weft::this_fiber::yield(); say("five ends", i); }
  { auto held = std::unique_lock(s); say("six", i); weft::this_fiber::yield(); say("six ends", i); }
  { auto held = a->hold(); say("seven", i); weft::this_fiber::yield(); say("seven ends", i); }
  { auto held = a->hold2(); say("eight", i); weft::this_fiber::yield(); say("eight ends", i); }
  { std::unique_lock held(a->m); say("nine", i); weft::this_fiber::yield(); say("nine ends", i); }
  { std::lock_guard{a->m}, say("ten", i); }
  a->add(i);
  for (std::unique_lock held(m); i < 2; ++i) weft::this_fiber::yield();
  if (std::unique_lock held(m); i > 0) say("if", i);
  std::unique_lock<weft::mutex> later;
  later = std::unique_lock(m);
  say(later.owns_lock() ? "owned" : "not owned", i);
  later.unlock();
}
[[weft::fiber]] void cancelled() {
  weft::mutex m;
  m.lock();
  auto waits = weft::spawn([&] {
    try {
      std::unique_lock held(m);
      say("not cancelled", 0);
    } catch (const weft::cancelled&) {
      say("cancelled", 0);
      throw;
    }
  });
  weft::this_fiber::yield();
  waits.cancel();
  waits.join();
  m.unlock();
  say("free", m.try_lock());
}
[[weft::fiber]] int main() {
  cancelled();
  weft::mutex m; weft::shared_mutex s; account shared;
  auto a = weft::spawn([&] { work(m, s, &shared, 1); });
  auto b = weft::spawn([&] { work(m, s, &shared, 2); });
  a.join(); b.join();
  auto c = weft::spawn([&] { generic(m, 1); });
  auto d = weft::spawn([&] { generic(m, 2); });
  auto e = weft::spawn([&] { generic(s, 3); });
  c.join(); d.join(); e.join();
  say("value", shared.value);
}

/* EXPECTED
cancelled 0
free 1
one 1
one ends 1
one 2
one ends 2
two 1
two ends 1
two 2
two ends 2
three 1
three ends 1
four 1
three 2
four ends 1
five 1
three ends 2
five ends 1
four 2
four ends 2
six 1
six ends 1
seven 1
five 2
seven ends 1
eight 1
five ends 2
six 2
eight ends 1
nine 1
six ends 2
nine ends 1
seven 2
seven ends 2
ten 1
eight 2
eight ends 2
nine 2
if 2
owned 2
nine ends 2
ten 2
if 2
owned 2
generic 1
generic 3
generic ends 1
generic ends 3
generic 2
generic ends 2
value 3
*/
