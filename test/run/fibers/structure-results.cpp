// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What time limits, shields, and several functions at the same time give.

// ORACLE: expected
// RUN: %check %s %t

#include "structure.h"

#include <string>

namespace {

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

} // namespace

int main() { weft::run(results); }

/* EXPECTED
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
*/
