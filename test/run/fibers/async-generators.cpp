// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Async generators: what is alive while they yield and while they wait; left
// early, thrown through, cancelled at each pause; of one another, and of
// themselves.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <string>
#include <weft/async_generator.h>

using namespace trace;

// Waits in front of each value, and behind the last.
[[weft::coroutine]] static weft::async_generator<int> count(const char* name, int to) {
  tracer whole(name);
  for (int i = 0; i < to; ++i) {
    tracer each("each", i);
    cede();
    weft::yield(i);
    at("behind", i);
  }
  cede();
}
// Objects: a variable, a temporary, and what a fiber function returns.
[[weft::fiber]] static tracer make(const char* name) {
  cede();
  return tracer(name);
}
[[weft::coroutine]] static weft::async_generator<tracer> objects(tracer* given) {
  tracer own("own", 1);
  weft::yield(own);
  cede();
  weft::yield(*given);
  weft::yield(tracer("temporary", cede(3)));
  weft::yield(make("made"));
  at("made is gone");
}

// To the end, and left in the middle.
[[weft::fiber]] static void by_hand() {
  auto all = count("all", 2);
  while (all.next())
    at("value", all.value());
  at("done", all.done());
  auto left = count("left", 5);
  tracer between("between");
  left.next();
  left.next();
  at("leaving", left.value());
}
[[weft::fiber]] static void walked() {
  int sum = 0;
  for (int n : count("walked", 3)) {
    tracer body("body", n);
    if (n == 1)
      continue;
    cede();
    sum += n;
  }
  at("sum", sum);
  for (int n : count("broken off", 3)) {
    tracer body("body", n);
    if (n == 1)
      break;
  }
  tracer given("given");
  for (tracer& each : objects(&given))
    at(each.check().name, each.number);
}

// One asks another, which pauses.
[[weft::coroutine]] static weft::async_generator<int> squares(weft::async_generator<int> of) {
  tracer own("squares");
  for (int n : of)
    weft::yield(cede(n) * n);
}
// What it yields belongs to the one inside.
[[weft::coroutine]] static weft::async_generator<tracer&> same(int times) {
  for (int i = 0; i < times; ++i) {
    tracer inner("inner", i);
    for (tracer& each : objects(&inner))
      weft::yield(each);
  }
}
[[weft::fiber]] static void nested() {
  for (int n : squares(squares(count("innermost", 3))))
    at("square", n);
  auto g = same(1);
  while (g.next())
    at(g.value().check().name);
  squares(count("never started", 1));
}

// A tree in order: as many generators as it is deep.
[[weft::coroutine]] static weft::async_generator<int> tree(int low, int high) {
  if (low >= high)
    return {};
  tracer node("node", (low + high) / 2);
  const int middle = (low + high) / 2;
  for (int each : tree(low, middle))
    weft::yield(each);
  cede();
  weft::yield(middle);
  for (int each : tree(middle + 1, high))
    weft::yield(each);
}
[[weft::fiber]] static void recursive() {
  int last = -1;
  for (int each : tree(0, 5)) {
    at("in order", each == last + 1);
    last = each;
  }
}

// Pauses and yields in handlers.
[[weft::coroutine]] static weft::async_generator<int> handling() {
  for (int i = 0; i < 2; ++i) {
    try {
      tracer inside("inside", i);
      cede();
      weft::yield(i);
      if (i == 1)
        throw failure{"own"};
      cede();
    } catch (const failure& error) {
      tracer handler("handler", i);
      cede();
      weft::yield(-1);
      at(error.where);
      cede();
      weft::yield(-2);
    }
  }
}
[[weft::fiber]] static void handled() {
  auto g = handling();
  while (g.next())
    at("handled", g.value());
}

// The consumer goes on behind what ends the generator.
[[weft::fiber]] static void recovers() {
  auto g = count("recovers", 2);
  for (int tries = 0; tries < 4 && !g.done(); ++tries) {
    try {
      if (g.next())
        at("recovered", g.value());
    } catch (const failure& error) {
      at("failed", g.done());
    }
  }
}

// Handed on while it is paused; kept by an object; replaced.
struct source {
  weft::async_generator<int> numbers;
  int factor;
  [[weft::coroutine]] weft::async_generator<int> scaled() {
    tracer own("scaled");
    while (numbers.next()) {
      cede();
      weft::yield(numbers.value() * factor);
    }
  }
};
[[weft::fiber]] static void moved() {
  auto first = count("first", 3);
  first.next();
  source s{std::move(first), 10};
  auto scaled = s.scaled();
  scaled.next();
  at("scaled", scaled.value());
  weft::async_generator<int> other = std::move(scaled);
  other.next();
  at("scaled", other.value());
  other.close();
  at("closed", other.done());
  other = count("other", 1);
  other.next();
  other = count("replaces", 1);
  at("replaced");
}

int main() {
  exercise("by_hand", by_hand);
  exercise("walked", walked);
  exercise("nested", nested);
  exercise("recursive", recursive);
  exercise("handled", handled);
  exercise("recovers", recovers);
  exercise("moved", moved);
}
