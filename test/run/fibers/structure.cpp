// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Structured concurrency: what is spawned in a scope ends in it, whatever fails.

// ORACLE: expected
// RUN: %check %s %t

#include "structure.h"

namespace {

[[weft::fiber]] int fail(int turns) {
  work(turns);
  throw trace::failure{"child"};
}
[[weft::fiber]] void serve(weft::scope& s) {
  s.spawn(work, 3);
  s.spawn(work, 1);
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

} // namespace

int main() {
  weft::run(scopes);
  weft::run(failures);
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
*/
