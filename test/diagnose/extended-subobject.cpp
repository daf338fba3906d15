// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A reference to a part of a temporary is refused.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/coroutine.h>
#include <weft/fiber.h>

struct pair { int a, b; };
pair make();
[[weft::coroutine]] weft::generator<int> parts() {
  const int& part = make().a;
// CHECK: [[#@LINE-1]]:21: error: 'part' prolongs the life of a temporary through one of its parts [weft-extended-subobject]
  weft::yield(1);
  weft::yield(part);
}

struct keeps {
  const pair& kept;
  int number;
};
[[weft::coroutine]] weft::generator<int> members() {
  keeps k{make(), 1};
// CHECK: [[#@LINE-1]]:10: error: 'k' prolongs the life of a temporary through one of its parts [weft-extended-subobject]
  weft::yield(k.kept.a);
  weft::yield(k.number);
}

struct guarded {
  int number;
  ~guarded();
};
[[weft::fiber]] guarded fetch();
// Also where no pause follows: what is made here would be destroyed with the statement.
[[weft::fiber]] int of_results() {
  const int& part = fetch().number;
// CHECK: [[#@LINE-1]]:21: error: 'part' prolongs the life of a temporary through one of its parts [weft-extended-subobject]
  return part;
}
[[weft::coroutine]] weft::coroutine<int, int> half_made() {
  const int& part = guarded{weft::yield<int>(1)}.number;
// CHECK: [[#@LINE-1]]:21: error: 'part' prolongs the life of a temporary through one of its parts [weft-extended-subobject]
  (void)part;
}
