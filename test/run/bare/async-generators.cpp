// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Async generators without exceptions and RTTI: cancelled, ended with the thread,
// misused.

// MODE: bare
// ORACLE: expected
// RUN: %check %s %t

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <weft/fiber.h>

struct guard {
  const char* name;
  ~guard() { std::printf("- %s\n", name); }
};

[[weft::coroutine]] weft::async_generator<int> count(const char* name, int quick) {
  guard whole{name};
  for (int i = 0;; ++i) {
    guard each{"each"};
    if (i < quick)
      weft::this_fiber::yield();
    else
      weft::this_fiber::sleep_for(std::chrono::hours(1));
    weft::yield(i);
  }
}
[[weft::coroutine]] weft::async_generator<int> outer(const char* name, int quick) {
  guard whole{"outer"};
  for (int each : count(name, quick))
    weft::yield(10 * each);
}
static void walk(const char* name) {
  guard consumer{"consumer"};
  for (int each : outer(name, 2))
    std::printf("%d\n", each);
}

int main() {
  weft::run([] {
    for (int each : outer("left", 9))
      if (each == 10)
        break;
    std::printf("cancelled\n");
    auto task = weft::spawn(walk, "cancelled");
    for (int i = 0; i < 5; ++i)
      weft::this_fiber::yield();
    task.cancel();
    task.join();
  });
  weft::set_misuse_handler([](weft::coroutine_errc code) {
    std::printf("misuse: %s\n", weft::message(code));
    std::fflush(stdout);
    std::_Exit(0);
  });
  weft::run([] {
    auto shared = count("shared", 0);
    auto task = weft::spawn([&] { shared.next(); });
    weft::this_fiber::yield();
    shared.next();
    std::printf("not reached\n");
  });
}

/* EXPECTED
- each
- each
- left
- outer
cancelled
0
- each
10
- each
- each
- cancelled
- outer
- consumer
misuse: the next value of this async generator is being waited for already
*/
