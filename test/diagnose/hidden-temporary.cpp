// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In a template, a temporary for which nothing is written cannot be kept: it is that
// of an `operator->`, of a default argument, or of one conversion in another.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <string>
#include <string_view>
#include <weft/fiber.h>

template <class T> struct guard {
  T* object;
  ~guard();
  T* operator->() const;
};
template <class T> struct locked {
  T object;
  guard<T> operator->();
};
struct counter {
  [[weft::fiber]] int slow();
  int quick() const;
};
struct name {
  explicit name(int);
  ~name();
  operator std::string_view() const;
};
const std::string& pick(int, const std::string& = "default");
std::string_view same(const std::string_view&);
[[weft::fiber]] int use(int);
[[weft::fiber]] int use(const std::string&);
[[weft::fiber]] int use(std::string_view);
template <class T> [[weft::fiber]] int take(const T&, const std::string& = "default") {
  return use(1);
}

template <class T> [[weft::fiber]] void proxies(locked<T>& object) {
  object->slow();
  // CHECK: [[#@LINE-1]]:3: error: a temporary that lives across the pause is made inside
  use(object->quick());
  // CHECK: [[#@LINE-1]]:7: error: a temporary that lives across the pause is made inside
}
template <class T> [[weft::fiber]] void defaults(T n) {
  use(pick(n));
  // CHECK: [[#@LINE-1]]:7: error: a temporary that lives across the pause is made inside
  take(n);
  // CHECK: [[#@LINE-1]]:3: error: a temporary that lives across the pause is made inside
  const std::string& chosen = pick(n);
  use(chosen);
}
template <class T> [[weft::fiber]] void converted(T) {
  use(same(T(1)));
  // CHECK: [[#@LINE-1]]:12: error: a temporary that lives across the pause is made inside
}
// A temporary in one instantiation, a parameter by value in another.
struct by_reference {
  int operator()(const name&) const;
};
struct by_value {
  int operator()(name) const;
};
template <class F, class T> [[weft::fiber]] void mixed(F f) {
  use(f(T(1)));
  // CHECK: [[#@LINE-1]]:9: error: a temporary that lives across the pause is made inside
}
[[weft::fiber]] void instantiate(locked<counter>& object) {
  proxies(object);
  defaults(1);
  converted(name(1));
  mixed<by_reference, name>({});
  mixed<by_value, name>({});
}
