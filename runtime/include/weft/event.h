// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An event that fibers wait for.

#ifndef WEFT_EVENT_H
#define WEFT_EVENT_H

#include <weft/awaiting.h>
#include <weft/timed_wait.h>

namespace weft {

class event;

namespace detail {

class awaiting_event : public line_place {
public:
  static constexpr const char* what = "an event";

  explicit awaiting_event(event& of) noexcept : of(of) {}
  inline bool await_ready() const noexcept;
  inline void join(fiber& self) noexcept;
  void await_resume() const noexcept {}

private:
  event& of;
};

} // namespace detail

/// Set or not; fibers of one thread wait until it is. All that wait go on, in the
/// order in which they came, also when it is reset before their turn.
///
/// Destroying one on which a fiber waits ends the process. Nothing allocates; all
/// is O(1), but O(log n) in the number of timers where there is a deadline.
class event {
public:
  explicit constexpr event(bool is_set = false) noexcept : set_(is_set) {}
  event(const event&) = delete;
  event& operator=(const event&) = delete;

  /// Waits until it is set.
  suspends<detail::line_wait<detail::awaiting_event>> wait()
      WEFT_AWAITER(detail::line_wait<detail::awaiting_event>(*this));
  /// The same until a time has come; whether it was set before.
  template <class Rep, class Period>
  suspends<detail::timed_wait<detail::awaiting_event>>
  wait_for([[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(detail::timed_wait<detail::awaiting_event>(
          detail::deadline_in(d), *this));
  template <class Clock, class Duration>
  suspends<detail::timed_wait<detail::awaiting_event>>
  wait_until([[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(detail::timed_wait<detail::awaiting_event>(
          detail::deadline_at(t), *this));

  /// O(those that it wakes).
  void set() noexcept {
    set_ = true;
    while (!line.empty())
      line.pop_front().wake();
  }
  void reset() noexcept { set_ = false; }
  bool is_set() const noexcept { return set_; }

private:
  friend class detail::awaiting_event;

  detail::wait_line line;
  bool set_;
};

namespace detail {

inline bool awaiting_event::await_ready() const noexcept { return of.is_set(); }
inline void awaiting_event::join(fiber& self) noexcept {
  of.line.push_back(*this, self);
}

} // namespace detail
} // namespace weft

#endif // WEFT_EVENT_H
