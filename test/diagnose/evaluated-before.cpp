// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An operand that comes before the pause is not evaluated after it.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>
#include <weft/fiber.h>

struct noisy {
  noisy();
  noisy(noisy&&);
  ~noisy();
};
void operator<<(noisy, int);
[[weft::coroutine]] weft::coroutine<int, int> print() {
  noisy() << weft::yield<int>(1);
// CHECK: [[#@LINE-1]]:3: error: this operand is evaluated before the pause and its value cannot be kept [weft-evaluated-before]
}

[[weft::fiber]] int number();

// Only instantiations show what an operand is converted to, before the pause.
struct wide {
  operator int() const;
};
template <class T> [[weft::fiber]] void converted(T value) {
  value << number();
// CHECK: [[#@LINE-1]]:3: error: this operand is evaluated before the pause and its value cannot be kept
}
struct part {
  part();
  part(part&&);
};
struct whole {
  part first;
  int second;
};
template <class T> [[weft::fiber]] int elements() {
  return whole{part(), T(number())}.second;
// CHECK: [[#@LINE-1]]:16: error: this operand is evaluated before the pause and its value cannot be kept
}
[[weft::fiber]] void instantiate() {
  converted(wide());
  elements<int>();
}
