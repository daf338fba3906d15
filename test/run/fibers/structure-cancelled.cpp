// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Structured concurrency leaves nothing behind, wherever who waits is cancelled.

// ORACLE: expected
// RUN: %check %s %t

#include "structure.h"

namespace {

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

int main() { weft::run(cancellations); }

/* EXPECTED
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
