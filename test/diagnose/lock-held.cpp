// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A lock of a mutex of threads that is held where a fiber suspends is warned about.

// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
// RUN: not %weft --check -Werror=weft-lock-held %s -- -std=c++17 -I%runtime
// RUN: %weft --check -Wno-weft-lock-held %s -- -std=c++17 -I%runtime 2>&1 | count 0

#include <weft/coroutine.h>
#include <weft/fiber.h>

#include <mutex>
#include <shared_mutex>

[[weft::fiber]] int fetch(int n);
std::mutex m, n;
std::shared_mutex s;

[[weft::fiber]] void plain() {
  std::lock_guard lock(m);
  // CHECK: [[#@LINE+2]]:3: warning: the fiber suspends here while 'lock' holds a mutex of threads [-Wweft-lock-held]
  // CHECK: [[#@LINE-2]]:19: note: 'lock' locks it here; use 'weft::mutex', or unlock it before the suspension
  fetch(1);
  fetch(2); // Once for each lock.
}

[[weft::fiber]] int nested(int i) {
  if (i > 1) {
    std::scoped_lock lock(m, n);
    for (int k = 0; k < i; ++k)
      i += k ? fetch(k) : 0;
    // CHECK: [[#@LINE-1]]:16: warning: the fiber suspends here while 'lock' holds
  }
  if (std::shared_lock lock(s); i > 2)
    return fetch(i);
  // CHECK: [[#@LINE-1]]:12: warning: the fiber suspends here while 'lock' holds
  return i;
}

[[weft::fiber]] int returns(int i) {
  std::unique_lock<std::mutex> lock(m);
  return i + fetch(i);
  // CHECK: [[#@LINE-1]]:14: warning: the fiber suspends here while 'lock' holds
}

template <class Mutex> [[weft::fiber]] void dependent(Mutex &mutex) {
  std::lock_guard<Mutex> lock(mutex);
  weft::this_fiber::yield();
  // CHECK: [[#@LINE-1]]:3: warning: the fiber suspends here while 'lock' holds
}
template void dependent(std::mutex &);
template void dependent(std::recursive_mutex &);

[[weft::fiber]] void adopts() {
  std::unique_lock lock(m, std::adopt_lock);
  weft::this_fiber::yield();
  // CHECK: [[#@LINE-1]]:3: warning: the fiber suspends here while 'lock' holds
}

// --- Without a warning ---

void take(std::unique_lock<std::mutex> lock);

[[weft::fiber]] void released() {
  { std::lock_guard lock(m); }
  fetch(1);
  std::unique_lock lock(m);
  lock.unlock();
  fetch(2);
  std::unique_lock taken(m);
  take(std::move(taken));
  fetch(3);
  std::unique_lock later(m, std::defer_lock);
  std::unique_lock tried(m, std::try_to_lock);
  fetch(4);
}

[[weft::fiber]] void of_fibers(weft::mutex &mutex) {
  mutex.lock();
  std::lock_guard lock(mutex, std::adopt_lock);
  fetch(1);
}

[[weft::fiber]] void other_functions() {
  std::lock_guard lock(m);
  auto later = [] { fetch(1); };
  static_cast<void>(sizeof(fetch(1)));
  if constexpr (sizeof(int) > 100)
    fetch(2);
  static_cast<void>(later);
}

template <bool Waits> [[weft::fiber]] void discards() {
  std::lock_guard lock(m);
  if constexpr (Waits)
    fetch(1);
}
template void discards<false>();

class spin_lock {
public:
  void lock();
  void unlock();
};
[[weft::fiber]] void own(spin_lock &mutex) {
  std::lock_guard lock(mutex);
  fetch(1);
}

// The lock is the iteration's.
[[weft::coroutine]] weft::generator<int> guarded() {
  std::lock_guard lock(m);
  weft::yield(1);
}
