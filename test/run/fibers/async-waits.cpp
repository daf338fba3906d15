// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What async generators wait for, where their frames are, who asks them: one
// fiber after the other, never two at once.

// ORACLE: expected
// RUN: %check %s %t

#include "objects.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>
#include <weft/fiber.h>

using namespace std::chrono_literals;

static void produce(weft::channel<std::string>& out, int count) {
  for (int i = 0; i < count; ++i) {
    weft::this_fiber::sleep_for(1ms);
    out.send("item " + std::to_string(i));
  }
  out.close();
}
[[weft::coroutine]] weft::async_generator<std::string> received(weft::channel<std::string>& in) {
  tracer guard("received");
  for (std::string& each : in)
    weft::yield(each);
}
[[weft::coroutine]] weft::async_generator<const std::string&> numbered(weft::channel<std::string>& in) {
  int n = 0;
  for (const std::string& each : received(in)) {
    const std::string line = std::to_string(++n) + ": " + each;
    weft::yield(line);
  }
}
// Values straight from a wait.
static weft::async_generator<std::string> direct(weft::channel<std::string>& in, weft::future<int> last) {
  weft::yield(*in.receive());
  weft::yield(in.receive().value());
  weft::yield(std::to_string(last.get()));
}
// Tasks of its own, which use its variables.
static weft::async_generator<int> tasks() {
  int base = 10;
  for (int i = 0; i < 2; ++i) {
    auto task = weft::spawn([&] {
      weft::this_fiber::yield();
      return ++base;
    });
    weft::yield(weft::await(task));
  }
}
// In the object; from an allocator.
static int balance = 0;
template <class T> struct counting {
  using value_type = T;
  counting() = default;
  template <class U> counting(const counting<U>&) {}
  T* allocate(std::size_t n) {
    balance += 1;
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T* at, std::size_t n) {
    balance -= 1;
    std::allocator<T>().deallocate(at, n);
  }
  friend bool operator==(counting, counting) { return true; }
  friend bool operator!=(counting, counting) { return false; }
};
static weft::async_generator<int, weft::inline_frame<256>> inside(int to) {
  for (int i = 0; i < to; ++i) {
    weft::this_fiber::yield();
    weft::yield(i);
  }
}
static weft::async_generator<int> allocated(std::allocator_arg_t, counting<char>, int to) {
  for (int i = 0; i < to; ++i) {
    weft::this_fiber::yield();
    weft::yield(i);
  }
}
// A member, and nothing to yield.
struct clock_face {
  int ticks = 0;
  [[weft::coroutine]] weft::async_generator<void> tick(int times) {
    while (times--) {
      weft::this_fiber::sleep_for(1ms);
      ++ticks;
      weft::yield();
    }
  }
};
static weft::async_generator<int> endless(const char* name) {
  tracer guard(name);
  for (int i = 0;; ++i) {
    tracer each("each", i);
    if (i > 0)
      weft::this_fiber::sleep_for(1h);
    weft::yield(i);
  }
}
static int total(weft::async_generator<int> of) {
  int sum = 0;
  for (int each : of)
    sum += each;
  return sum;
}
static weft::async_generator<int> three() {
  for (int i = 1; i <= 3; ++i) {
    weft::this_fiber::yield();
    weft::yield(i);
  }
}

int main() {
  weft::run([] {
    weft::channel<std::string> items;
    auto producer = weft::spawn(produce, std::ref(items), 2);
    for (const std::string& line : numbered(items))
      trace::print("line", line);
    producer.join();
  });
  weft::run([] {
    weft::channel<std::string> items;
    weft::promise<int> last;
    auto producer = weft::spawn(produce, std::ref(items), 2);
    auto g = direct(items, last.get_future());
    last.set_value(7);
    while (g.next())
      trace::print("direct", g.value());
    producer.join();
  });
  weft::run([] {
    for (int each : tasks())
      at("task", each);
  });
  weft::run([] {
    auto in_object = inside(2);
    while (in_object.next())
      at("inside", in_object.value());
    {
      auto from = allocated(std::allocator_arg, counting<char>(), 2);
      at("balance", balance);
      from.next();
      at("allocated", from.value());
    }
    at("balance", balance);
    clock_face face;
    auto ticks = face.tick(3);
    while (ticks.next())
      ;
    at("ticks", face.ticks);
  });

  // A lambda, which is called; and one whose object is handed on.
  weft::run([] {
    std::vector<int> seen;
    auto squares = [&seen](int to) -> weft::async_generator<int> {
      for (int i = 0; i < to; ++i) {
        weft::this_fiber::yield();
        seen.push_back(i);
        weft::yield(i * i);
      }
    };
    for (int each : squares(3))
      at("square", each);
    at("sum", total(squares(4)));
    at("seen", static_cast<long>(seen.size()));
    auto elsewhere = weft::spawn(total, three());
    at("elsewhere", elsewhere.get());
  });

  // Driven from ordinary code, a value at a time.
  auto outside = three();
  while (weft::run([&] { return outside.next(); }))
    at("outside", outside.value());

  // By turns, by several fibers.
  weft::run([] {
    auto shared = three();
    auto other = [&](const char* name) {
      while (!shared.done() && shared.next())
        at(name, shared.value());
    };
    auto take = [&](const char* name) {
      if (shared.next())
        at(name, shared.value());
    };
    weft::spawn(take, "first").join();
    weft::spawn(take, "second").join();
    other("rest");
  });
  // Two at once.
  weft::run([] {
    auto shared = endless("shared");
    shared.next();
    auto waiting = weft::spawn([&] { shared.next(); });
    weft::this_fiber::yield();
    try {
      shared.next();
    } catch (const weft::coroutine_error& error) {
      std::printf("  %s\n", error.what());
    }
    try {
      shared.close();
    } catch (const weft::coroutine_error& error) {
      at("not closed", error.code() == weft::coroutine_errc::awaited);
    }
    waiting.cancel();
    waiting.join();
    at("done", shared.done());
    try {
      shared.next();
    } catch (const weft::coroutine_error& error) {
      std::printf("  %s\n", error.what());
    }
  });
  // Cancelled while its body waits, and owned by who asks; closed; raised into.
  weft::run([] {
    auto task = weft::spawn([] {
      tracer guard("consumer");
      for (int each : endless("cancelled"))
        at("value", each);
    });
    weft::this_fiber::yield();
    task.cancel();
    task.join();
    auto closed = endless("closed");
    closed.next();
    closed.close();
    at("closed", closed.done());
    auto raised = endless("raised");
    raised.next();
    try {
      raised.raise(std::make_exception_ptr(trace::failure{"raised"}));
    } catch (const trace::failure& failure) {
      at(failure.where, raised.done());
    }
  });
}

/* EXPECTED
  + received 0
  line "1: item 0"
  line "2: item 1"
  - received 0
  direct "item 0"
  direct "item 1"
  direct "7"
  at task 11
  at task 12
  at inside 0
  at inside 1
  at balance 1
  at allocated 0
  at balance 0
  at ticks 3
  at square 0
  at square 1
  at square 4
  at sum 14
  at seen 7
  at elsewhere 6
  at outside 1
  at outside 2
  at outside 3
  at first 1
  at second 2
  at rest 3
  + shared 0
  + each 0
  - each 0
  + each 1
  the next value of this async generator is being waited for already
  at not closed 1
  - each 1
  - shared 0
  at done 1
  coroutine has ended
  + consumer 0
  + cancelled 0
  + each 0
  at value 0
  - each 0
  + each 1
  - each 1
  - cancelled 0
  - consumer 0
  + closed 0
  + each 0
  - each 0
  - closed 0
  at closed 1
  + raised 0
  + each 0
  - each 0
  - raised 0
  at raised 1
*/
