// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The standard library cannot wait: what would lock a mutex of fibers there, and go on
// without the lock, is rejected.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <condition_variable>
#include <mutex>
#include <weft/fiber.h>

[[weft::fiber]] void waits(std::condition_variable_any &any, weft::mutex &m, weft::condition_variable &own) {
  m.lock();
  any.wait(m);
  // CHECK: [[#@LINE-1]]:3: error: 'std::condition_variable_any::wait' calls 'weft::mutex::lock', which suspends: it cannot, in code that is not transformed [weft-wait-in-library]
  std::unique_lock held(m, std::adopt_lock);
  own.wait(held);
  any.notify_one();
}

template <class M> [[weft::fiber]] void in_template(std::condition_variable_any &any, M &m) {
  any.wait(m, [] { return true; });
  // CHECK: [[#@LINE-1]]:3: error: 'std::condition_variable_any::wait' calls 'weft::mutex::lock'
}
template void in_template(std::condition_variable_any &, weft::mutex &);

void ordinary(std::condition_variable_any &any, std::unique_lock<std::mutex> &lock) { any.wait(lock); }
