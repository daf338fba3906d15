// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Arguments that are converted, or made, ahead of the call, where another overload
// might be chosen by what they are then.

// RUN: not %weft --check %s -- %clangxx -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: %s

#include <string>
#include <type_traits>
#include <weft/fiber.h>

struct waits {
  [[weft::fiber]] operator int();
};
struct converts {
  operator int() const;
};
int next();
[[weft::fiber]] int cede();

template <class T, class = std::enable_if_t<std::is_integral_v<T>>> int f(T);
int f(long);
int only(long);
int both(long);
int both(const char*, int);
template <class C> int text(const std::basic_string<C>&, int);
int text(const std::string&, long);
int other(const std::string&, long);
struct made {
  template <class T, class = std::enable_if_t<std::is_integral_v<T>>> made(T);
  made(long);
};
struct number {
  operator int() const;
};
template <class T, class = std::enable_if_t<std::is_integral_v<T>>> int operator+(T, number);
[[weft::fiber]] int named(std::string, long);
[[weft::fiber]] int named(std::string&, int);

[[weft::fiber]] void all(waits w, converts c, number n, const char* p) {
  f(w);
  // CHECK: [[#@LINE-1]]:5: error: this argument is evaluated ahead of the call, and what it is then could choose another overload [weft-overloaded-argument]
  f(static_cast<long>(w));
  f(c);
  only(w);
  both(w);
  made m(w);
  // CHECK: [[#@LINE-1]]:10: error: this argument is evaluated ahead
  text(p, next()) << cede();
  // CHECK: [[#@LINE-1]]:8: error: this argument is evaluated ahead
  text(std::string(p), next()) << cede();
  other(p, next()) << cede();
  w + n;
  // CHECK: [[#@LINE-1]]:3: error: this argument is evaluated ahead
  w + 1;
  w + w;
  named("text", 1);
  // CHECK: [[#@LINE-1]]:9: error: this argument is evaluated ahead
}
