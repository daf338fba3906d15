// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A count that fibers wait for to reach zero.

#ifndef WEFT_LATCH_H
#define WEFT_LATCH_H

#include <weft/awaiting.h>
#include <weft/timed_wait.h>

#include <cstddef>

namespace weft {

class latch;

namespace detail {

class awaiting_latch : public line_place {
public:
  static constexpr const char* what = "a latch";

  explicit awaiting_latch(latch& of) noexcept : of(of) {}
  inline bool await_ready() const noexcept;
  inline void join(fiber& self) noexcept;
  void await_resume() const noexcept {}

private:
  latch& of;
};

} // namespace detail

/// Counts down to zero, once; fibers of one thread wait for that. Those that wait
/// go on in the order in which they came. What a fiber has counted stays counted
/// when it is cancelled. Names and meaning of `std::latch`.
///
/// Destroying one on which a fiber waits ends the process. Nothing allocates; all
/// is O(1), but O(log n) in the number of timers where there is a deadline.
class latch {
public:
  explicit constexpr latch(std::size_t count) noexcept : count(count) {}
  latch(const latch&) = delete;
  latch& operator=(const latch&) = delete;

  /// `n` is at most what is left; counting beyond stops at zero. O(those that it
  /// wakes).
  void count_down(std::size_t n = 1) noexcept {
    count -= n < count ? n : count;
    while (count == 0 && !line.empty())
      line.pop_front().wake();
  }
  /// Waits for zero.
  suspends<detail::line_wait<detail::awaiting_latch>> wait()
      WEFT_AWAITER(detail::line_wait<detail::awaiting_latch>(*this));
  /// The same until a time has come; whether it has reached zero.
  template <class Rep, class Period>
  suspends<detail::timed_wait<detail::awaiting_latch>>
  wait_for([[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(detail::timed_wait<detail::awaiting_latch>(
          detail::deadline_in(d), *this));
  template <class Clock, class Duration>
  suspends<detail::timed_wait<detail::awaiting_latch>>
  wait_until([[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(detail::timed_wait<detail::awaiting_latch>(
          detail::deadline_at(t), *this));
  /// `count_down(n)`, then `wait()`.
  suspends<detail::line_wait<detail::awaiting_latch>>
  arrive_and_wait([[maybe_unused]] std::size_t n = 1)
      WEFT_AWAITER((count_down(n), detail::line_wait<detail::awaiting_latch>(*this)));
  /// Whether it has reached zero.
  bool try_wait() const noexcept { return count == 0; }

private:
  friend class detail::awaiting_latch;

  detail::wait_line line;
  std::size_t count;
};

namespace detail {

inline bool awaiting_latch::await_ready() const noexcept { return of.try_wait(); }
inline void awaiting_latch::join(fiber& self) noexcept {
  of.line.push_back(*this, self);
}

} // namespace detail
} // namespace weft

#endif // WEFT_LATCH_H
