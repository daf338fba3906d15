// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a guard waits for a mutex of threads is told on request.

// RUN: %weft --check -Wweft-blocking-lock %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 | count 0

#include <weft/fiber.h>

#include <mutex>
#include <shared_mutex>

[[weft::fiber]] void guards(std::mutex &m, std::mutex &n, std::shared_mutex &s) {
  { std::lock_guard<std::mutex> lock(m); }
  // CHECK: [[#@LINE-1]]:33: warning: 'std::lock_guard' may block the thread here, and with it all of its fibers [-Wweft-blocking-lock]
  { std::unique_lock lock(m); }
  // CHECK: [[#@LINE-1]]:22: warning: 'std::unique_lock' may block
  { std::scoped_lock lock(m, n); }
  // CHECK: [[#@LINE-1]]:22: warning: 'std::scoped_lock' may block
  { std::shared_lock lock(s); }
  // CHECK: [[#@LINE-1]]:22: warning: 'std::shared_lock' may block
}

[[weft::fiber]] void waits_for_nobody(std::mutex &m, weft::mutex &of_fibers) {
  std::unique_lock later(m, std::defer_lock);
  std::unique_lock tried(m, std::try_to_lock);
  std::unique_lock moved(std::move(tried));
  of_fibers.lock();
  std::unique_lock held(of_fibers, std::adopt_lock);
}
void ordinary(std::mutex &m) { std::lock_guard lock(m); }
