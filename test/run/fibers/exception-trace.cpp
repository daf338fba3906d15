// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The fiber functions that an exception has left on its way out of a fiber are
// known, from the one that was resumed on.

// ORACLE: expected
// RUN: %check %s %t

#include "objects.h"

#include <stdexcept>
#include <weft/fiber.h>

namespace {

constexpr unsigned first = __LINE__;
void check(int n) {
  if (n < 0)
    weft::this_fiber::yield();
  if (n <= 0)
    throw std::runtime_error("zero");
}
int parse(int n) {
  weft::this_fiber::yield();
  check(n);
  return n;
}
int handle(int n) {
  int sum = 1;
  sum += parse(n);
  return sum;
}
int tries_again(int n) {
  try {
    handle(n);
  } catch (const std::runtime_error&) {
    weft::this_fiber::yield();
    throw std::logic_error("tried");
  }
  return 0;
}
int asks_another(int n) {
  auto other = weft::spawn(handle, n);
  return other.get();
}
int tries_alike(int n) {
  for (int i = 0; i < 2; ++i)
    try {
      handle(n);
    } catch (const std::runtime_error&) {
      weft::this_fiber::yield();
    }
  throw std::runtime_error("tried");
}

void show(const std::exception_ptr& exception) {
  weft::for_each_left(
      exception,
      [](const weft::left_function& f, void*) { at(f.name, f.line - first); }, nullptr);
}

/// What ends a fiber of `f`.
void end(const char* name, weft::function<int(int)> f, int n) {
  at(name, n);
  auto task = weft::spawn([&] { f(n); });
  try {
    task.get();
  } catch (const std::exception&) {
    show(std::current_exception());
  }
}

void functions() {
  end("handle", handle, 0);
  end("handle", handle, -1);
  end("tries_again", tries_again, 0);
  end("tries_alike", tries_alike, 0);
  end("asks_another", asks_another, 0);
  auto plain = weft::spawn([] { throw std::runtime_error("alike, of no fiber function"); });
  try {
    plain.get();
  } catch (const std::exception& error) {
    at(error.what());
    show(std::current_exception());
  }
  show(nullptr);
  show(std::make_exception_ptr(std::range_error("has ended no fiber")));
}

void nobody_asks() {
  weft::set_unhandled_handler([](const weft::fiber_info&, std::exception_ptr exception) {
    at("nobody asks");
    show(exception);
  });
  weft::spawn(handle, 0).detach();
  for (int i = 0; i < 4; ++i)
    weft::this_fiber::yield();
}

} // namespace

int main() {
  weft::run(functions);
  weft::run(nobody_asks);
}

/* EXPECTED
  at handle 0
  at (anonymous namespace)::parse 8
  at (anonymous namespace)::handle 14
  at lambda 49
  at handle -1
  at (anonymous namespace)::check 3
  at (anonymous namespace)::parse 9
  at (anonymous namespace)::handle 14
  at lambda 49
  at tries_again 0
  at (anonymous namespace)::tries_again 21
  at lambda 49
  at tries_alike 0
  at (anonymous namespace)::tries_alike 35
  at lambda 49
  at asks_another 0
  at (anonymous namespace)::asks_another 28
  at lambda 49
  at alike, of no fiber function
  at nobody asks
  at (anonymous namespace)::parse 8
  at (anonymous namespace)::handle 14
*/
