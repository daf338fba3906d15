// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Structured concurrency: what is spawned in a scope ends in it, whatever fails,
// and wherever who waits is cancelled.

// ORACLE: expected
// RUN: %check %s %t

#include "objects.h"

#include <chrono>
#include <string>
#include <weft/fiber.h>

using namespace std::chrono_literals;

namespace {

int inside = 0; ///< Fibers in `work`.
struct visit {
  visit() { ++inside; }
  ~visit() { --inside; }
  visit(const visit&) = delete;
};

/// Pauses `turns` times.
[[weft::fiber]] int work(int turns) {
  visit here;
  for (int i = 0; i < turns; ++i)
    weft::this_fiber::yield();
  return turns;
}
[[weft::fiber]] int fail(int turns) {
  work(turns);
  throw trace::failure{"child"};
}
[[weft::fiber]] void serve(weft::scope& s) {
  s.spawn(work, 3);
  s.spawn(work, 1);
}
[[weft::fiber]] int three() { return work(3); }
[[weft::fiber]] void forever() {
  for (;;)
    work(1);
}

/// Runs `body` to its end; then with its fiber cancelled in its kth turn. Nothing
/// is left behind in any.
void cancel_everywhere(const char* name, weft::function<void()> body) {
  trace::print(name, "");
  int cancelled = 0;
  for (int k = 0; k < 12; ++k) {
    bool whole = false;
    auto t = weft::spawn([&] {
      body();
      whole = true;
    });
    for (int i = 0; i < k; ++i)
      weft::this_fiber::yield();
    t.cancel();
    t.join();
    cancelled += !whole;
    if (inside != 0)
      at("left behind, cancelled at", k);
  }
  if (cancelled == 0 || cancelled == 12)
    at("BROKEN: cancelled", cancelled);
}

void scopes() {
  weft::with_scope(serve);
  at("none inside", inside);
  int sum = 0;
  at("result", weft::with_scope([&](weft::scope& s) {
    for (int i = 1; i < 4; ++i)
      s.spawn([&sum, i] {
        weft::with_scope([&](weft::scope& nested) {
          nested.spawn([&sum](int n) { sum += work(n); }, i);
        });
      });
    return 7;
  }));
  at("sum", sum);
  weft::with_scope([&](weft::scope& s) {
    s.spawn(forever);
    work(2);
    s.cancel();
    at("still inside", inside);
    s.spawn(work, 2);
  });
  at("none inside", inside);
}

void failures() {
  auto caught = [](auto body) {
    try {
      body();
      at("BROKEN: nothing thrown");
    } catch (const trace::failure& error) {
      at("caught, inside", inside);
    }
  };
  caught([] {
    weft::with_scope([](weft::scope& s) {
      s.spawn(forever);
      s.spawn(fail, 2);
      s.spawn([&s] {
        tracer sibling("sibling");
        try {
          forever();
        } catch (...) {
          s.spawn(work, 1); // Does not begin.
          throw;
        }
      });
      forever();
    });
  });
  caught([] {
    weft::with_scope([](weft::scope& s) {
      s.spawn(forever);
      throw trace::failure{"body"};
    });
  });
  caught([] { weft::when_all(forever, [] { return fail(1); }, three); });
  caught([] { weft::when_any(forever, [] { return fail(1); }); });
  caught([] { weft::with_timeout(1h, [] { return fail(1); }); });
  caught([] { weft::shield([] { fail(1); }); });
}

int number = 5;
[[weft::fiber]] int& lent() {
  weft::this_fiber::yield();
  return number;
}

void results() {
  auto [nothing, text, n, reference] = weft::when_all(
      [] { work(3); }, [] { return work(1), std::string("text"); }, three, lent);
  static_cast<void>(nothing);
  trace::print(text.c_str(), std::to_string(n));
  at("refers", &reference.get() == &number);
  auto first = weft::when_any(forever, three, [] { return work(5), 1.5; });
  at("first", static_cast<int>(first.index()));
  at("gives", std::get<1>(first));
  at("in time", weft::with_timeout(1h, three).value());
  at("late", weft::with_timeout(1ms, [] { return forever(), 1; }).has_value());
  at("refers", weft::with_timeout(1h, lent) == &number);
  at("void", weft::with_timeout(1h, [] { work(1); }));
  at("not begun", weft::with_timeout(-1s, [] { at("BROKEN"); }));
  at("until", weft::with_deadline(std::chrono::steady_clock::now() + 1ms, forever));
  // What it returns although it was cancelled still counts.
  at("nevertheless", *weft::with_timeout(1ms, [] {
    try {
      forever();
    } catch (const weft::cancelled&) {
    }
    return work(2);
  }));
  at("shielded", weft::shield(three));
  at("inside", inside);
}

void cancellations() {
  cancel_everywhere("scope", [] {
    weft::with_scope([](weft::scope& s) {
      s.spawn(work, 4);
      s.spawn(three);
      work(2);
      s.spawn([] { weft::when_all(three, [] { return work(2); }); });
    });
  });
  cancel_everywhere("when_all", [] { weft::when_all(three, [] { work(5); }); });
  cancel_everywhere("when_any", [] { weft::when_any(three, forever); });
  cancel_everywhere("with_timeout", [] { weft::with_timeout(1h, [] { work(5); }); });
  cancel_everywhere("shield", [] {
    weft::shield(three);
    if (inside != 0)
      at("BROKEN: not over");
    work(2);
  });
  // Shielded work comes to its end.
  int done = 0;
  auto t = weft::spawn([&] {
    weft::shield([&] { done = work(3); });
    at("done", done);
    work(1);
    at("BROKEN: not cancelled");
  });
  weft::this_fiber::yield();
  t.cancel();
  t.join();
  // One that was cancelled before it waits begins nothing.
  auto early = weft::spawn([&] {
    weft::with_scope([](weft::scope&) { at("BROKEN: begun"); });
  });
  early.cancel();
  early.join();
  weft::task<void> self;
  self = weft::spawn([&] {
    self.cancel();
    tracer argument("kept");
    weft::when_all([argument] { at("BROKEN: begun"); }, three);
  });
  self.join();
  at("inside", inside);
}

} // namespace

int main() {
  weft::run(scopes);
  weft::run(failures);
  weft::run(results);
  weft::run(cancellations);
}

/* EXPECTED
  at none inside 0
  at result 7
  at sum 6
  at still inside 1
  at none inside 0
  + sibling 0
  - sibling 0
  at caught, inside 0
  at caught, inside 0
  at caught, inside 0
  at caught, inside 0
  at caught, inside 0
  at caught, inside 0
  text "3"
  at refers 1
  at first 1
  at gives 3
  at in time 3
  at late 0
  at refers 1
  at void 1
  at not begun 0
  at until 0
  at nevertheless 2
  at shielded 3
  at inside 0
  scope 
  when_all 
  when_any 
  with_timeout 
  shield 
  at done 3
  + kept 0
  copy kept 0
  move kept 0
  - kept 0
  - moved-from 0
  - kept 0
  at inside 0
*/
