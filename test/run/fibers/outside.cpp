// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What fibers have of their own, and how they wait for what is none: callbacks,
// and helper threads.

// ORACLE: expected
// FLAGS: -pthread
// RUN: %check %s %t

#include "objects.h"

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <weft/fiber.h>

using namespace std::chrono_literals;

namespace {

weft::fiber_local<std::string> name("nobody");
weft::fiber_local<int> number;

void say(const char* where) { trace::print(where, *name + std::to_string(*number)); }

void locals() {
  say("default");
  name.set("outer");
  number.set(1);
  weft::with_timeout(1h, [] {
    say("seen inside");
    name.set("inner");
    weft::this_fiber::yield();
    say("set inside");
    weft::when_all([] { say("further inside"); }, [] { name.set("sibling"); },
                   [] { say("beside"); });
    weft::spawn([] { say("spawned"); }).join();
  });
  say("outer again");
  const std::string& before = *name;
  name.set("changed");
  say(&before == &*name ? "the same object" : "BROKEN");
}

/// The value goes with the fiber, however that ends.
void lifetimes() {
  weft::fiber_local<tracer> kept(tracer("initial"));
  auto task = weft::spawn([&] {
    kept.set(tracer("task"));
    weft::this_fiber::sleep_for(1h);
  });
  weft::this_fiber::yield();
  task.cancel();
  task.join();
  at("joined");
}

void callbacks() {
  at("at once", weft::from_callback<int>([](auto done) { done(3); }));
  at("by a thread", weft::from_callback<int>([](weft::completion<int> done) {
       std::thread([done] { done(4); }).detach();
     }));
  std::function<void()> later;
  auto begin = [&](weft::completion<void> done) { later = [done] { done(); }; };
  auto waits = weft::spawn([&] {
    weft::from_callback<void>(begin);
    at("called back");
  });
  weft::this_fiber::yield();
  later();
  waits.join();
  auto cancelled = weft::spawn([&] {
    weft::from_callback<void>(begin);
    at("BROKEN");
  });
  weft::this_fiber::yield();
  cancelled.cancel();
  cancelled.join();
  later(); // Nobody is there.
  auto error_of = [](auto f) {
    try {
      f();
    } catch (const weft::fiber_error& e) {
      trace::print("error", std::string(e.what()));
    } catch (int e) {
      at("thrown", e);
    }
  };
  error_of([] { weft::from_callback<int>([](auto) {}); });
  error_of([&] { later(); });
  error_of([] {
    weft::from_callback<int>([](auto done) { done.fail(std::make_exception_ptr(5)); });
  });
  error_of([] { weft::from_callback<int>([](auto) { throw 6; }); });
}

void helpers() {
  weft::set_offload_threads(1);
  const auto here = std::this_thread::get_id();
  at("elsewhere", weft::offload([&] { return std::this_thread::get_id() != here; }));
  try {
    weft::offload([] { throw 7; });
  } catch (int e) {
    at("thrown", e);
  }
  // What has begun is waited for; what has not never does.
  bool begun = false, ended = false;
  auto first = weft::spawn([&] {
    weft::offload([&] {
      std::this_thread::sleep_for(20ms);
      ended = true;
    });
    at("BROKEN: not cancelled");
  });
  auto second = weft::spawn([&] {
    weft::offload([&] { begun = true; });
    at("BROKEN: not cancelled");
  });
  weft::this_fiber::sleep_for(5ms);
  second.cancel();
  second.join();
  first.cancel();
  first.join();
  at("ended", ended);
  at("begun", begun);
  // The fibers of this thread run meanwhile.
  int turns = 0;
  bool over = false;
  auto counts = weft::spawn([&] {
    while (!over) {
      ++turns;
      weft::this_fiber::sleep_for(1ms);
    }
  });
  weft::offload([] { std::this_thread::sleep_for(20ms); });
  over = true;
  counts.join();
  at("meanwhile", turns > 1);
}

} // namespace

int main() {
  weft::run(locals);
  weft::run(lifetimes);
  weft::run(callbacks);
  weft::run(helpers);
}

/* EXPECTED
  default "nobody0"
  seen inside "outer1"
  set inside "inner1"
  further inside "inner1"
  beside "inner1"
  spawned "nobody0"
  outer again "outer1"
  the same object "changed1"
  + initial 0
  move initial 0
  - moved-from 0
  + task 0
  move task 0
  - moved-from 0
  - task 0
  at joined
  - initial 0
  at at once 3
  at by a thread 4
  at called back
  error "the promise was destroyed without a value"
  error "the promise has a value already"
  at thrown 5
  at thrown 6
  at elsewhere 1
  at thrown 7
  at ended 1
  at begun 0
  at meanwhile 1
*/
