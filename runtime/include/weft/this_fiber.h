// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a fiber does to itself.

#ifndef WEFT_THIS_FIBER_H
#define WEFT_THIS_FIBER_H

#include <weft/awaiting.h>
#include <weft/timer_queue.h>

#include <cstddef>
#include <functional>

namespace weft {

namespace detail {

class yield_awaiter {
public:
  bool await_ready() const noexcept { return false; }
  void weft_suspend(fiber&) noexcept { ready.after = ready_context::cede; }
  /// A driven function has nobody to cede to.
  static constexpr bool weft_skipped_when_driven = true;
  void await_resume() const noexcept {}
};

class sleep_awaiter {
public:
  /// 0: has passed.
  explicit sleep_awaiter(std::int64_t deadline) noexcept : deadline(deadline) {}

  bool await_ready() const noexcept {
    return deadline == 0 && here.running->flags & fiber::driven;
  }
  void weft_suspend(fiber& self);
  void await_resume() const noexcept {}

private:
  static bool unlink(void* awaiter, fiber& waiter) noexcept;
  static const wait_kind kind;
  union {
    std::int64_t deadline; ///< until it is armed
    timer armed;
  };
};

template <class Rep, class Period>
std::int64_t deadline_in(const std::chrono::duration<Rep, Period>& d) {
  std::int64_t rest = saturated(d);
  return rest == 0 ? 0 : saturated_sum(now(), rest);
}
template <class Duration>
std::int64_t
deadline_at(const std::chrono::time_point<steady, Duration>& time) {
  std::int64_t deadline = saturated(time.time_since_epoch());
  return deadline <= now() ? 0 : deadline;
}
template <class Clock, class Duration>
std::int64_t deadline_at(const std::chrono::time_point<Clock, Duration>& time) {
  auto present = Clock::now();
  return time <= present ? 0 : deadline_in(time - present);
}

} // namespace detail

/// Which fiber; of two that live at the same time on one thread they differ. A
/// default-constructed one is no fiber's.
class fiber_id {
public:
  fiber_id() noexcept = default;
  explicit fiber_id(std::uint32_t number) noexcept : number(number) {}
  /// As it stands in reports; 0: no fiber.
  std::uint32_t value() const noexcept { return number; }

  friend bool operator==(fiber_id a, fiber_id b) noexcept {
    return a.number == b.number;
  }
  friend bool operator!=(fiber_id a, fiber_id b) noexcept { return !(a == b); }
  friend bool operator<(fiber_id a, fiber_id b) noexcept {
    return a.number < b.number;
  }

private:
  std::uint32_t number = 0;
};

/// A local variable of this type makes it an error to suspend while it is in
/// scope: `weft::no_suspend guard;`. Costs nothing.
struct [[maybe_unused]] no_suspend {};

/// Lets the other ready fibers of the thread run when the time slice is over,
/// which is a load and a branch until then. The tool writes one at the beginning
/// of a green function and of each round of its loops. In a driven function
/// inside a fiber it does nothing.
inline void checkpoint() noexcept {}

namespace this_fiber {

/// Lets the other ready fibers of the thread run first. In a driven function
/// inside a fiber it does nothing. O(1).
inline suspends<detail::yield_awaiter> yield()
    WEFT_AWAITER(detail::yield_awaiter())

    /// Pauses for at least `d`; as `yield` when that is not positive. Durations
    /// too long to count are the longest that can be, about 290 years. O(log n)
    /// in the number of timers.
    template <class Rep, class Period>
    suspends<detail::sleep_awaiter> sleep_for(
        [[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
        WEFT_AWAITER(detail::sleep_awaiter(detail::deadline_in(d)))

    /// Pauses until `time`. A clock other than the steady one is read once:
    /// that it is set while the fiber sleeps changes nothing.
    template <class Clock, class Duration>
    suspends<detail::sleep_awaiter> sleep_until(
        [[maybe_unused]] const std::chrono::time_point<Clock, Duration>& time)
        WEFT_AWAITER(detail::sleep_awaiter(detail::deadline_at(time)))

    /// Of the running fiber; outside of fibers no fiber's.
    inline fiber_id id() noexcept {
  return detail::here.running ? fiber_id(detail::here.running->id) : fiber_id();
}

} // namespace this_fiber
} // namespace weft

template <> struct std::hash<weft::fiber_id> {
  std::size_t operator()(weft::fiber_id id) const noexcept {
    return id.value();
  }
};

#endif // WEFT_THIS_FIBER_H
