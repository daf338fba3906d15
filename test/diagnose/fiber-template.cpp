// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What templates of fiber functions cannot have.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

template <class T> [[weft::fiber]] T get(T value) { return value; }
template <> int get<int>(int value) { return value + 1; }
// CHECK: [[#@LINE-1]]:17: error: templates of fiber functions cannot have explicit specialisations in this version [weft-fiber-template]

template <class T> [[weft::fiber]] auto deduced(T value) {
  // CHECK: [[#@LINE-1]]:41: error: templates of fiber functions cannot have a return type that is deduced from more than the parameters
  auto local = value;
  return local;
}
template <class T> [[weft::fiber]] auto waited(T& channel) {
  // CHECK: [[#@LINE-1]]:41: error: templates of fiber functions cannot have a return type that is deduced from more
  return channel.receive();
}
[[weft::fiber]] void receives(weft::channel<int>& c) { waited(c); }
template <class T> [[weft::fiber]] auto discarded(T value) {
  // CHECK: [[#@LINE-1]]:41: error: templates of fiber functions cannot have a return type that is deduced from more
  if constexpr (sizeof(T) > 4)
    return value;
  else
    return long(1);
}
template <class T> [[weft::fiber]] auto named(T value) -> decltype(value) {
  // CHECK: [[#@LINE-1]]:41: error: templates of fiber functions cannot have a return type that names a parameter
  return value;
}
template <class... T> [[weft::fiber]] void packed(T... values, int last) {}
// CHECK: [[#@LINE-1]]:44: error: templates of fiber functions cannot have parameters behind a pack
template <class, class T> [[weft::fiber]] T unnamed(T value) { return value; }
// CHECK: [[#@LINE-1]]:45: error: templates of fiber functions cannot have a template parameter without a name in front of one with

[[weft::fiber]] void lambdas() {
  auto returns = [](auto value) {
    // CHECK: [[#@LINE-1]]:18: error: templates of fiber functions cannot have a lambda that returns several types
    weft::this_fiber::yield();
    return value;
  };
  returns(1);
  returns('c');
}

template <class T> [[weft::fiber]] void quiet(T& value) noexcept(noexcept(value.stop())) {}
// CHECK: [[#@LINE-1]]:41: error: templates of fiber functions cannot have a noexcept-specifier that names a parameter
