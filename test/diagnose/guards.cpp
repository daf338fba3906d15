// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A guard that is made of a mutex of fibers waits for it: that is seen like any call
// that suspends. What would wait in code that is not transformed does not compile.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=guards.cpp:{{.*}}error: %s
// RUN: not %weft --check %s -- -std=c++17 -I%runtime -DLIBRARY 2>&1 \
// RUN:   | FileCheck --check-prefix=LIBRARY %s

#include <mutex>
#include <shared_mutex>
#include <weft/fiber.h>

void ordinary(weft::mutex& m) {
  std::lock_guard held(m);
  // CHECK: [[#@LINE-1]]:24: error: 'weft::mutex::operator locked' suspends, but 'ordinary' is not a fiber function
}
[[weft::fiber]] void silent(weft::mutex& m) {
  const weft::no_suspend here;
  std::unique_lock held(m);
  // CHECK: [[#@LINE-1]]:25: error: 'weft::mutex::operator locked' suspends in the scope of a 'weft::no_suspend'
}
template <class Mutex> [[weft::fiber]] void of_any(Mutex& m) {
  std::lock_guard<Mutex> held(m);
  // CHECK: [[#@LINE-1]]:{{.*}} error: 'weft::mutex::operator locked' suspends here in an instantiation, but the template shows no call
}
[[weft::fiber]] void taken(weft::mutex& m, weft::shared_mutex& s) {
  of_any(m);
  std::unique_lock held(m);
  held.unlock();
  held.relock();
  std::unique_lock later(m, std::defer_lock);
  std::unique_lock tried(m, std::try_to_lock);
  s.lock_shared();
  std::shared_lock shared(s, std::adopt_lock);
  std::mutex plain;
  std::lock_guard native(plain);
}

#ifdef LIBRARY
// Several at a time are locked by code that is not transformed.
[[weft::fiber]] void several(weft::mutex& m, weft::mutex& n) { std::lock(m, n); }
// LIBRARY: error: attempt to use a deleted function
#endif
