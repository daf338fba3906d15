// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A mutex for fibers.

#ifndef WEFT_MUTEX_H
#define WEFT_MUTEX_H

#include <weft/awaiting.h>
#include <weft/guards.h>
#include <weft/timed_wait.h>

#include <cstdint>

namespace weft {

class mutex;

namespace detail {

/// By which a mutex knows who holds it: the running fiber, or what runs outside
/// of fibers.
inline std::uint32_t holder_id() noexcept {
  return WEFT_LIKELY(here.running != nullptr) ? here.running->id : UINT32_MAX;
}

class locking : public line_place {
public:
  static constexpr const char* what = "a mutex";

  explicit locking(mutex& of) noexcept : of(of) {}
  inline bool await_ready();
  inline void join(fiber& self) noexcept;
  void await_resume() const noexcept {}

private:
  mutex& of;
};

class condition_wait;

struct mutex_alone : alone<mutex, locking> {};

} // namespace detail

/// Held by one fiber of a thread at a time. Fibers get it in the order in which
/// they came: `unlock` hands it to the first that waits. Names and meaning of
/// `std::timed_mutex`, so that `std::unique_lock` and the like hold one:
///
///   std::unique_lock held(m);
///
/// (`held.lock()` is deleted; `held.relock()` is in its place.) One who is
/// cancelled while it waits does not hold it. It may be given on: the one that
/// unlocks it need not be the one that locked it.
///
/// Destroying one on which a fiber waits ends the process. Nothing allocates; all
/// is O(1), but O(log n) in the number of timers where there is a deadline.
class mutex {
public:
  constexpr mutex() noexcept = default;
  mutex(const mutex&) = delete;
  mutex& operator=(const mutex&) = delete;

  /// Waits until it holds the mutex. `fiber_errc::would_deadlock`: the fiber that
  /// locked it last, and did not unlock it, locks it again.
  suspends<detail::line_wait<detail::locking>> lock()
      WEFT_AWAITER(detail::line_wait<detail::locking>(*this));
  /// The same, where a guard is made: `std::lock_guard held(m)`.
  operator suspends<detail::lock_for_guard<detail::mutex_alone>>()
      WEFT_AWAITER(detail::lock_for_guard<detail::mutex_alone>(*this));

  /// The same until a time has come; whether it holds the mutex.
  template <class Rep, class Period>
  suspends<detail::timed_wait<detail::locking>>
  try_lock_for([[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(
          detail::timed_wait<detail::locking>(detail::deadline_in(d), *this));
  template <class Clock, class Duration>
  suspends<detail::timed_wait<detail::locking>>
  try_lock_until([[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(
          detail::timed_wait<detail::locking>(detail::deadline_at(t), *this));

  /// Without waiting; also outside of fibers.
  bool try_lock() noexcept {
    if (holder != 0)
      return false;
    holder = detail::holder_id();
    return true;
  }
  /// `fiber_errc::not_locked`: nobody holds it.
  void unlock() {
    if (!WEFT_LIKELY(holder != 0))
      detail::fiber_misuse(fiber_errc::not_locked);
    holder = 0;
    if (!WEFT_LIKELY(line.empty())) {
      detail::line_place& next = line.pop_front();
      holder = next.waiter->id;
      next.wake();
    }
  }

private:
  friend class detail::locking;
  friend class detail::condition_wait;

  detail::wait_line line;
  /// `holder_id`; 0: nobody.
  std::uint32_t holder = 0;
};

namespace detail {

inline bool locking::await_ready() {
  if (WEFT_LIKELY(of.try_lock()))
    return true;
  if (of.holder == holder_id())
    fiber_misuse(fiber_errc::would_deadlock);
  return false;
}
inline void locking::join(fiber& self) noexcept { of.line.push_back(*this, self); }

} // namespace detail
} // namespace weft

template <>
class std::unique_lock<weft::mutex>
    : public weft::detail::movable_guard<weft::detail::mutex_alone> {
  using movable_guard::movable_guard;
};
template <>
class std::lock_guard<weft::mutex>
    : public weft::detail::scope_guard<weft::detail::mutex_alone> {
  using scope_guard::scope_guard;
};
template <>
class std::scoped_lock<weft::mutex>
    : public weft::detail::scope_guard<weft::detail::mutex_alone> {
  using scope_guard::scope_guard;
};

#endif // WEFT_MUTEX_H
