// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A mutex that fibers hold alone or together.

#ifndef WEFT_SHARED_MUTEX_H
#define WEFT_SHARED_MUTEX_H

#include <weft/awaiting.h>
#include <weft/guards.h>
#include <weft/timed_wait.h>

#include <cstddef>

namespace weft {

class shared_mutex;

namespace detail {

class shared_place : public line_place {
public:
  static constexpr const char* what = "a shared mutex";

  void await_resume() const noexcept {}
  inline void join(fiber& self) noexcept;
  inline void leave() noexcept;

protected:
  friend class weft::shared_mutex;
  shared_place(shared_mutex& of, bool together) noexcept
      : of(of), together(together) {}

  shared_mutex& of;
  bool together;
};

class locking_alone : public shared_place {
public:
  explicit locking_alone(shared_mutex& of) noexcept : shared_place(of, false) {}
  inline bool await_ready() noexcept;
};
class locking_together : public shared_place {
public:
  explicit locking_together(shared_mutex& of) noexcept : shared_place(of, true) {}
  inline bool await_ready() noexcept;
};

struct shared_mutex_alone : alone<shared_mutex, locking_alone> {};
struct shared_mutex_together : together<shared_mutex, locking_together> {};

} // namespace detail

/// Held by one fiber of a thread alone, or by several that share it. Fibers get
/// it in the order in which they came, so that nobody starves: who wants to share
/// it stands behind one that waits to hold it alone. Names and meaning of
/// `std::shared_timed_mutex`; for `std::unique_lock` and `std::shared_lock` see
/// `mutex`. One who is cancelled while it waits does not hold it.
///
/// Destroying one on which a fiber waits ends the process. Nothing allocates; all
/// is O(1), but O(log n) in the number of timers where there is a deadline, and an
/// unlocking O(those that it wakes).
class shared_mutex {
public:
  constexpr shared_mutex() noexcept = default;
  shared_mutex(const shared_mutex&) = delete;
  shared_mutex& operator=(const shared_mutex&) = delete;

  /// Waits until it holds the mutex alone.
  suspends<detail::line_wait<detail::locking_alone>> lock()
      WEFT_AWAITER(detail::line_wait<detail::locking_alone>(*this));
  /// The same, where a guard is made: `std::lock_guard held(m)`.
  operator suspends<detail::lock_for_guard<detail::shared_mutex_alone>>()
      WEFT_AWAITER(detail::lock_for_guard<detail::shared_mutex_alone>(*this));
  /// The same until a time has come; whether it holds it.
  template <class Rep, class Period>
  suspends<detail::timed_wait<detail::locking_alone>>
  try_lock_for([[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(detail::timed_wait<detail::locking_alone>(
          detail::deadline_in(d), *this));
  template <class Clock, class Duration>
  suspends<detail::timed_wait<detail::locking_alone>>
  try_lock_until([[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(detail::timed_wait<detail::locking_alone>(
          detail::deadline_at(t), *this));
  bool try_lock() noexcept {
    if (alone || sharers != 0)
      return false;
    return alone = true;
  }
  /// `fiber_errc::not_locked`: nobody holds it alone.
  void unlock() {
    if (!WEFT_LIKELY(alone))
      detail::fiber_misuse(fiber_errc::not_locked);
    alone = false;
    admit();
  }

  /// Waits until it shares the mutex.
  suspends<detail::line_wait<detail::locking_together>> lock_shared()
      WEFT_AWAITER(detail::line_wait<detail::locking_together>(*this));
  /// The same, where a guard is made: `std::shared_lock held(m)`.
  operator suspends<detail::lock_for_guard<detail::shared_mutex_together>>()
      WEFT_AWAITER(detail::lock_for_guard<detail::shared_mutex_together>(*this));
  /// The same until a time has come; whether it shares it.
  template <class Rep, class Period>
  suspends<detail::timed_wait<detail::locking_together>>
  try_lock_shared_for([[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(detail::timed_wait<detail::locking_together>(
          detail::deadline_in(d), *this));
  template <class Clock, class Duration>
  suspends<detail::timed_wait<detail::locking_together>> try_lock_shared_until(
      [[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(detail::timed_wait<detail::locking_together>(
          detail::deadline_at(t), *this));
  /// False also when one waits to hold it alone.
  bool try_lock_shared() noexcept {
    if (alone || !line.empty())
      return false;
    ++sharers;
    return true;
  }
  /// `fiber_errc::not_locked`: nobody shares it.
  void unlock_shared() {
    if (!WEFT_LIKELY(sharers != 0))
      detail::fiber_misuse(fiber_errc::not_locked);
    --sharers;
    admit();
  }

private:
  friend class detail::shared_place;

  /// Lets in who may come in, from the front of the line.
  void admit() noexcept {
    while (!line.empty() && !alone) {
      const bool together =
          static_cast<detail::shared_place&>(line.front()).together;
      if (together)
        ++sharers;
      else if (sharers == 0)
        alone = true;
      else
        return;
      line.pop_front().wake();
    }
  }

  detail::wait_line line;
  std::size_t sharers = 0;
  bool alone = false;
};

namespace detail {

inline void shared_place::join(fiber& self) noexcept {
  of.line.push_back(*this, self);
}
inline void shared_place::leave() noexcept {
  line_place::leave();
  of.admit(); // Those behind it may have waited for it only.
}
inline bool locking_alone::await_ready() noexcept { return of.try_lock(); }
inline bool locking_together::await_ready() noexcept {
  return of.try_lock_shared();
}

} // namespace detail
} // namespace weft

template <>
class std::unique_lock<weft::shared_mutex>
    : public weft::detail::movable_guard<weft::detail::shared_mutex_alone> {
  using movable_guard::movable_guard;
};
template <>
class std::shared_lock<weft::shared_mutex>
    : public weft::detail::movable_guard<weft::detail::shared_mutex_together> {
  using movable_guard::movable_guard;
};
template <>
class std::lock_guard<weft::shared_mutex>
    : public weft::detail::scope_guard<weft::detail::shared_mutex_alone> {
  using scope_guard::scope_guard;
};
template <>
class std::scoped_lock<weft::shared_mutex>
    : public weft::detail::scope_guard<weft::detail::shared_mutex_alone> {
  using scope_guard::scope_guard;
};

#endif // WEFT_SHARED_MUTEX_H
