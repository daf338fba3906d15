// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A counting semaphore for fibers.

#ifndef WEFT_SEMAPHORE_H
#define WEFT_SEMAPHORE_H

#include <weft/awaiting.h>
#include <weft/timed_wait.h>

#include <cstddef>

namespace weft {

class semaphore;

namespace detail {

class acquiring : public line_place {
public:
  static constexpr const char* what = "a semaphore";

  explicit acquiring(semaphore& of) noexcept : of(of) {}
  inline bool await_ready() noexcept;
  inline void join(fiber& self) noexcept;
  void await_resume() const noexcept {}

private:
  semaphore& of;
};

} // namespace detail

/// A number of permits that the fibers of a thread take and give back. They get
/// them in the order in which they came. One who is cancelled while it waits has
/// taken none.
///
/// Destroying one on which a fiber waits ends the process. Nothing allocates; all
/// is O(1), but O(log n) in the number of timers where there is a deadline.
class semaphore {
public:
  explicit constexpr semaphore(std::size_t permits) noexcept : permits(permits) {}
  semaphore(const semaphore&) = delete;
  semaphore& operator=(const semaphore&) = delete;

  /// Waits for a permit and takes it.
  suspends<detail::line_wait<detail::acquiring>> acquire()
      WEFT_AWAITER(detail::line_wait<detail::acquiring>(*this));
  /// The same until a time has come; whether it took one.
  template <class Rep, class Period>
  suspends<detail::timed_wait<detail::acquiring>>
  try_acquire_for([[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(
          detail::timed_wait<detail::acquiring>(detail::deadline_in(d), *this));
  template <class Clock, class Duration>
  suspends<detail::timed_wait<detail::acquiring>> try_acquire_until(
      [[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(
          detail::timed_wait<detail::acquiring>(detail::deadline_at(t), *this));
  bool try_acquire() noexcept {
    if (permits == 0)
      return false;
    --permits;
    return true;
  }
  /// Gives back `n`, also more than were taken. O(those that it wakes).
  void release(std::size_t n = 1) noexcept {
    for (; n != 0 && !line.empty(); --n)
      line.pop_front().wake();
    permits += n;
  }
  /// The permits that are there.
  std::size_t available() const noexcept { return permits; }

private:
  friend class detail::acquiring;

  detail::wait_line line; // With somebody in it, there is no permit.
  std::size_t permits;
};

namespace detail {

inline bool acquiring::await_ready() noexcept { return of.try_acquire(); }
inline void acquiring::join(fiber& self) noexcept {
  of.line.push_back(*this, self);
}

} // namespace detail
} // namespace weft

#endif // WEFT_SEMAPHORE_H
