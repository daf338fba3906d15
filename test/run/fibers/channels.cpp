// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waits of fibers: channels, walked too, futures, tasks, sleeping; in every
// position of an expression, and what is alive meanwhile.

// ORACLE: expected
// RUN: %check %s %t

#include "objects.h"

#include <chrono>
#include <string>
#include <weft/fiber.h>

using namespace std::chrono_literals;

[[weft::fiber]] static void produce(weft::channel<std::string>& out, int count) {
  for (int i = 0; i < count; ++i) {
    weft::this_fiber::sleep_for(1ms);
    if (!out.send("item " + std::to_string(i)))
      at("closed", i);
  }
  out.close();
}
static int consume(weft::channel<std::string>& in) {
  int count = 0;
  while (auto item = in.receive()) {
    tracer seen("seen", ++count);
    trace::print("got", *item);
  }
  return count;
}
static int walk(weft::channel<std::string>& in) {
  int count = 0;
  for (const std::string& item : in) {
    tracer seen("walked", ++count);
    if (count == 2)
      continue;
    trace::print("got", item);
    weft::this_fiber::yield();
    if (count == 4)
      break;
  }
  return count;
}
static int add(weft::future<int> a, weft::channel<int>& b) {
  tracer guard("add");
  int sum = a.get() + b.receive().value();
  return sum * weft::spawn([] { return 2; }).get();
}
[[weft::fiber]] static void fails() {
  weft::this_fiber::yield();
  throw trace::failure{"task"};
}

int main() {
  weft::channel<std::string> direct, buffered(2);
  weft::run([&] {
    auto producer = weft::spawn(produce, std::ref(direct), 3);
    auto consumer = weft::spawn(consume, std::ref(direct));
    at("consumed", consumer.get());
    producer.join();
  });
  weft::run([&] {
    auto producer = weft::spawn(produce, std::ref(buffered), 4);
    at("walked", walk(buffered));
    buffered.close();
    producer.join();
  });
  weft::run([&] {
    weft::promise<int> promise;
    weft::channel<int> numbers;
    auto sum = weft::spawn(add, promise.get_future(), std::ref(numbers));
    weft::this_fiber::yield();
    promise.set_value(4);
    numbers.send(5);
    at("sum", sum.get());
  });
  weft::run([&] {
    auto task = weft::spawn(fails);
    trace::guarded([&] { at("not here"); });
    try {
      task.get();
    } catch (const trace::failure& error) {
      at("failed");
    }
  });
  weft::run([&] {
    weft::channel<int> never;
    auto waiting = weft::spawn([&] {
      tracer held("held");
      never.receive();
      at("not here");
    });
    weft::this_fiber::yield();
    waiting.cancel();
    waiting.join();
    at("cancelled", waiting.done());
  });
}

/* EXPECTED
  + seen 1
  got "item 0"
  - seen 1
  + seen 2
  got "item 1"
  - seen 2
  + seen 3
  got "item 2"
  - seen 3
  at consumed 3
  + walked 1
  got "item 0"
  - walked 1
  + walked 2
  - walked 2
  + walked 3
  got "item 2"
  - walked 3
  + walked 4
  got "item 3"
  - walked 4
  at walked 4
  + add 0
  - add 0
  at sum 18
  at not here
  at failed
  + held 0
  - held 0
  at cancelled 1
*/
