// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What no fiber runs, or is never evaluated, or does not wait, is not warned about.

// RUN: %weft --check %s -- -std=c++20 -I%runtime 2>&1 | count 0

#include <weft/coroutine.h>
#include <weft/fiber.h>

#include <chrono>
#include <future>
#include <mutex>
#include <poll.h>
#include <shared_mutex>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <typeinfo>
#include <unistd.h>

using namespace std::chrono_literals;

void ordinary(std::mutex &m) {
  m.lock();
  sleep(1);
}

[[weft::fiber]] int offloads(std::thread &t) {
  auto later = [] { sleep(1); };                          // Another function, and no fiber.
  weft::offload([&t] { t.join(); });
  weft::offload(later);
  struct local {
    static void naps() { sleep(1); }
  };
  return weft::offload([] { return sleep(1); });
}

[[weft::fiber]] void evaluates_nothing() {
  static_cast<void>(sizeof(sleep(1)));
  static_cast<void>(noexcept(sleep(1)));
  static_cast<void>(typeid(sleep(1)).name());
  decltype(sleep(1)) n = 1;
  constexpr bool can = requires(std::mutex &m) { m.lock(); };
  if constexpr (!can)
    sleep(n);
  else
    weft::this_fiber::yield();
}

template <bool Blocks> [[weft::fiber]] void discards() {
  if constexpr (Blocks)
    sleep(1);
  else
    weft::this_fiber::yield();
}
template void discards<false>();
template <class T> [[weft::fiber]] void never_made() { sleep(1); }

[[weft::fiber]] void polls(int fd, char *buffer, pollfd *polled, std::future<int> &coming,
                           std::timed_mutex &m) {
  poll(polled, 1, 0);
  recv(fd, buffer, 1, MSG_DONTWAIT);
  waitpid(-1, nullptr, WNOHANG);
  coming.wait_for(0s);
  coming.wait_for(std::chrono::seconds::zero());
  static_cast<void>(m.try_lock());
  static_cast<void>(m.try_lock_for(std::chrono::milliseconds(0)));
}

// Names that others have, too.
namespace own {
unsigned sleep(int);
struct mutex {
  void lock();
  void unlock();
};
int read(int);
} // namespace own
[[weft::fiber]] void uses_own(own::mutex &m, weft::mutex &of_fibers, weft::shared_mutex &shared,
                              weft::future<int> &coming) {
  own::sleep(1);
  m.lock();
  std::unique_lock held(m);
  held.unlock();
  held.lock();
  std::scoped_lock both(m);
  of_fibers.lock();
  of_fibers.unlock();
  shared.lock_shared();
  static_cast<void>(own::read(coming.get()));
  weft::this_fiber::sleep_for(1s);
}

// Shortly, and for other threads: see -Wweft-blocking-lock.
[[weft::fiber]] void guards(std::mutex &m) { std::lock_guard lock(m); }

// A coroutine is resumed by whom it likes.
[[weft::coroutine]] weft::generator<int> yields() {
  sleep(1);
  weft::yield(1);
}
