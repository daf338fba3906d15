// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What blocks the thread is warned about in what fibers run, once for all instances
// of a template, with a note on what to use instead.

// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
// RUN: not %weft --check -Werror=weft-blocking-call %s -- -std=c++17 -I%runtime
// RUN: %weft --check -Wno-weft-blocking-call %s -- -std=c++17 -I%runtime 2>&1 | count 0
// The fix-its are what they say.
// RUN: cp %s %t.cpp && %weft --fix -Werror=weft-blocking-call %t.cpp -- -std=c++17 -I%runtime 2>&1; \
// RUN:   FileCheck --check-prefix=FIXED %s < %t.cpp

#include <weft/fiber.h>

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <poll.h>
#include <shared_mutex>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

[[weft::fiber]] void naps() {
  std::this_thread::sleep_for(1s);
  // CHECK: [[#@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread, and with it all of its fibers [-Wweft-blocking-call]
  // CHECK: note: use 'weft::this_fiber::sleep_for', which suspends the fiber
  // FIXED: void naps() {
  // FIXED-NEXT: weft::this_fiber::sleep_for(1s);
  using std::this_thread::sleep_until;
  sleep_until(std::chrono::steady_clock::now());
  // CHECK: [[#@LINE-1]]:3: warning: 'std::this_thread::sleep_until' blocks
  // FIXED: weft::this_fiber::sleep_until(std::chrono::steady_clock::now());
  sleep(1);
  // CHECK: [[#@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK: note: use 'weft::this_fiber::sleep_for', which suspends the fiber
}

[[weft::fiber]] void waits(std::mutex &m, std::shared_mutex &s, std::condition_variable &changed,
                           std::future<int> &coming, std::shared_future<int> &shared, std::thread &t) {
  m.lock();
  // CHECK: [[#@LINE-1]]:3: warning: 'std::mutex::lock' blocks
  // CHECK: note: use 'weft::mutex', which suspends the fiber
  s.lock_shared();
  // CHECK: [[#@LINE-1]]:3: warning: 'std::shared_mutex::lock_shared' blocks
  std::unique_lock<std::mutex> lock(m, std::adopt_lock);
  changed.wait(lock);
  // CHECK: [[#@LINE-1]]:3: warning: 'std::condition_variable::wait' blocks
  // CHECK: note: use 'weft::condition_variable', which suspends the fiber
  lock.unlock();
  lock.lock();
  // CHECK: [[#@LINE-1]]:3: warning: 'std::unique_lock::lock' blocks
  coming.wait();
  // CHECK: [[#@LINE-1]]:3: warning: 'std::future::wait' blocks
  // CHECK: note: use 'weft::future', which suspends the fiber
  coming.wait_for(1s);
  // CHECK: [[#@LINE-1]]:3: warning: 'std::future::wait_for' blocks
  static_cast<void>(1 + coming.get() + shared.get());
  // CHECK: [[#@LINE-1]]:25: warning: 'std::future::get' blocks
  // CHECK: [[#@LINE-2]]:40: warning: 'std::shared_future::get' blocks
  t.join();
  // CHECK: [[#@LINE-1]]:3: warning: 'std::thread::join' blocks
  // CHECK: note: use 'weft::task', which suspends the fiber
  // CHECK: note: let a helper thread make the call, by 'weft::offload'
  // FIXED: weft::offload([&] { return t.join(); });
}

[[weft::fiber]] void transfers(int fd, char *buffer, pollfd *polled) {
  static_cast<void>(::read(fd, buffer, 1));
  // CHECK: [[#@LINE-1]]:21: warning: 'read' blocks
  // CHECK: note: let a helper thread make the call, by 'weft::offload'; 'errno' is to be read there, too
  static_cast<void>(write(fd, buffer, 1));
  // CHECK: [[#@LINE-1]]:21: warning: 'write' blocks
  recv(fd, buffer, 1, 0);
  // CHECK: [[#@LINE-1]]:3: warning: 'recv' blocks
  accept(fd, nullptr, nullptr);
  // CHECK: [[#@LINE-1]]:3: warning: 'accept' blocks
  poll(polled, 1, -1);
  // CHECK: [[#@LINE-1]]:3: warning: 'poll' blocks
  select(1, nullptr, nullptr, nullptr, nullptr);
  // CHECK: [[#@LINE-1]]:3: warning: 'select' blocks
}

// What is seen in the instances, each place once.
template <class Lock> [[weft::fiber]] void locks(Lock &lock) {
  lock.lock();
  // CHECK: [[#@LINE-1]]:3: warning: 'std::mutex::lock' blocks
  if constexpr (sizeof(Lock) > 1000)
    sleep(1);
}
template void locks(std::mutex &);
template <class T> [[weft::fiber]] void sleeps(T n) {
  sleep(n);
  // CHECK: [[#@LINE-1]]:3: warning: 'sleep' blocks
}
template void sleeps(int);
template void sleeps(long);

// A lambda need not suspend to run in a fiber.
void outside() {
  weft::run([] {
    sleep(2);
    // CHECK: [[#@LINE-1]]:5: warning: 'sleep' blocks
    weft::spawn([](auto n) { sleep(n); }, 3).detach();
    // CHECK: [[#@LINE-1]]:30: warning: 'sleep' blocks
  });
}
static void inferred() {
  weft::this_fiber::yield();
  sleep(1);
  // CHECK: [[#@LINE-1]]:3: warning: 'sleep' blocks
}
[[weft::fiber]] void calls() { inferred(); }
