// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Awaitables of C++20 libraries: with `operator co_await` as a member and
// free, whose awaiters are of local classes, as lvalues and as temporaries.

// STANDARD: 20
// ORACLE: expected
// RUN: %check %s %t

#include <coroutine>
#include <cstdio>
#include <stdexcept>
#include <utility>
#include <weft/fiber.h>

static std::coroutine_handle<> waiting;

/// Lives as long as whoever waits.
struct event {
  int value;
  bool fails = false;
  event(int value, bool fails = false) : value(value), fails(fails) {}
  event(event&& from) noexcept : value(from.value), fails(from.fails) { from.value = -1; }
  ~event() {
    if (value >= 0)
      std::printf("~event %d\n", value);
  }

  auto operator co_await() const noexcept {
    class local {
    public:
      explicit local(const event& of) : of(of) {}
      bool await_ready() { return false; }
      void await_suspend(std::coroutine_handle<> h) { waiting = h; }
      int await_resume() {
        if (of.fails)
          throw std::runtime_error("failed");
        return of.value;
      }

    private:
      const event& of;
    };
    return local(*this);
  }
};

struct timer {
  const char* name;
};
static auto operator co_await(timer& t) {
  struct local {
    timer& of;
    bool await_ready() { return false; }
    bool await_suspend(std::coroutine_handle<> h) {
      waiting = h;
      return true;
    }
    timer& await_resume() { return of; }
  };
  return local{t};
}

static void resume() {
  for (int i = 0; i < 5; ++i) {
    while (!waiting)
      weft::this_fiber::yield();
    std::printf("resumed\n");
    std::exchange(waiting, nullptr).resume();
  }
}

static void wait() {
  event named(3);
  int a = weft::await(named);
  std::printf("%d\n", a);
  std::printf("%d\n", weft::await(event(4)) + weft::await(named));
  timer t{"timer"};
  std::printf("%s\n", &weft::await(t) == &t ? t.name : "another");
  try {
    weft::await(event(5, true));
  } catch (const std::runtime_error& e) {
    std::printf("caught: %s\n", e.what());
  }
}

int main() {
  weft::run([] {
    auto resumer = weft::spawn(resume);
    wait();
    resumer.join();
  });
}

/* EXPECTED
resumed
3
resumed
resumed
7
~event 4
resumed
timer
resumed
~event 5
caught: failed
~event 3
*/
