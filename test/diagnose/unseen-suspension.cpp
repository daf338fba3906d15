// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a template does not show as a call cannot suspend in an instantiation.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

struct number {
  [[weft::fiber]] number operator+(const number& other) const;
  [[weft::fiber]] operator int() const;
};
template <class T> [[weft::fiber]] int sum(T a, T b) {
  T both = a + b;
  // CHECK: [[#@LINE-1]]:{{12|14}}: error: 'number::operator+' suspends here in an instantiation, but the template shows no call [weft-unseen-suspension]
  return both;
  // CHECK: [[#@LINE-1]]:10: error: 'number::operator int' suspends here
}
[[weft::fiber]] void uses() {
  sum(1, 2);
  sum(number(), number());
}
