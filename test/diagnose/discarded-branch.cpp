// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The frame names the types of all branches: where an instantiation discards one
// that suspends, types that only the branch's own code tells depend on its condition,
// which has to make sense there.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <type_traits>
#include <weft/fiber.h>

[[weft::fiber]] int read(int n);
template <class T> [[weft::fiber]] int through(T value) {
  constexpr bool is_pointer = std::is_pointer_v<T>;
  // CHECK: [[#@LINE+1]]:3: error: cannot suspend inside a branch of 'if constexpr' that an instantiation discards and where types are deduced yet [weft-unsupported-position]
  if constexpr (is_pointer) {
    weft::this_fiber::yield();
    return through(*value);
  } else {
    T kept = value;
    weft::this_fiber::yield();
    return read(kept);
  }
}
template <class T> [[weft::fiber]] int known(T value) {
  if constexpr (std::is_pointer_v<T>) {
    weft::this_fiber::yield();
    return known(*value);
  } else {
    weft::this_fiber::yield();
    return value;
  }
}
[[weft::fiber]] int uses(int n) { return through(n) + through(&n) + known(&n); }
