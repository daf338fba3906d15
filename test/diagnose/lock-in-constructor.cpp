// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A guard's constructor cannot wait for a mutex of fibers: what would lock does not
// compile, and what takes a locked one does.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=lock-in-constructor.cpp:{{.*}}error: %s

#include <mutex>
#include <shared_mutex>
#include <weft/fiber.h>

[[weft::fiber]] void rejected(weft::mutex& m, weft::shared_mutex& s) {
  std::unique_lock<weft::mutex> one(m);
  // CHECK: [[#@LINE-1]]:33: error: call to deleted constructor of 'std::unique_lock<weft::mutex>'
  std::lock_guard two(m);
  // CHECK: [[#@LINE-1]]:19: error: call to deleted constructor of 'std::lock_guard<weft::mutex>'
  std::scoped_lock three(m);
  // CHECK: [[#@LINE-1]]:20: error: call to deleted constructor of 'std::scoped_lock<weft::mutex>'
  std::unique_lock four(s);
  // CHECK: [[#@LINE-1]]:20: error: call to deleted constructor of 'std::unique_lock<weft::shared_mutex>'
  std::shared_lock five(s);
  // CHECK: [[#@LINE-1]]:20: error: call to deleted constructor of 'std::shared_lock<weft::shared_mutex>'
}

[[weft::fiber]] void taken(weft::mutex& m, weft::shared_mutex& s) {
  m.lock();
  std::unique_lock held(m, std::adopt_lock);
  held.unlock();
  held.relock();
  std::unique_lock later(m, std::defer_lock);
  std::unique_lock tried(m, std::try_to_lock);
  s.lock_shared();
  std::shared_lock shared(s, std::adopt_lock);
  std::mutex plain;
  std::lock_guard native(plain);
}

// Several at a time are locked by code that is not transformed.
[[weft::fiber]] void several(weft::mutex& m, weft::mutex& n) { std::lock(m, n); }
// CHECK: error: attempt to use a deleted function
