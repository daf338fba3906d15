// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A time limit for a whole piece of work, and the opposite: work that is not to be
// interrupted.

#ifndef WEFT_WITH_TIMEOUT_H
#define WEFT_WITH_TIMEOUT_H

#include <weft/group.h>
#include <weft/this_fiber.h>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace weft {

namespace detail {

inline bool decides_nothing(const fiber&) noexcept { return false; }

/// Cancels its child when a time has come.
class timeout_wait : public group {
public:
  bool await_ready() noexcept { return expired; }
  void weft_suspend(fiber& self);

protected:
  /// 0: it has come.
  explicit timeout_wait(std::int64_t deadline) noexcept
      : group(decides_nothing), deadline(deadline), expired(deadline == 0) {}
  ~timeout_wait() = default;

  static bool met(void* awaiter, const void* by) noexcept;
  static const wait_kind kind;

  std::int64_t deadline;
  timer due;
  bool expired;
};

/// A result, or none.
template <class R>
using in_time = std::conditional_t<
    std::is_void_v<R>, bool,
    std::conditional_t<std::is_reference_v<R>, std::add_pointer_t<R>,
                       std::optional<std::remove_cv_t<R>>>>;

template <class R> class timeout_awaiter : public timeout_wait {
public:
  template <class F>
  timeout_awaiter(std::int64_t deadline, source_place place, F&& f)
      : timeout_wait(deadline),
        kept(add(prepare<child>(place, std::forward<F>(f)))) {}
  in_time<R> await_resume() {
    if (expired && (!kept.has_ended() || was_cancelled(kept.body())))
      return in_time<R>();
    if constexpr (std::is_void_v<R>)
      return kept.take(), true;
    else if constexpr (std::is_reference_v<R>)
      return std::addressof(kept.take());
    else
      return in_time<R>(kept.take());
  }

private:
  kept_child<R> kept;
};

/// Waits for its child whatever happens.
class shield_wait : public group {
public:
  void weft_suspend(fiber& self) noexcept {
    start(self);
    self.park(kind, static_cast<group*>(this));
  }

protected:
  shield_wait() noexcept : group(decides_nothing) {}
  ~shield_wait() = default;

private:
  static const wait_kind kind;
};

template <class R> class shield_awaiter : public shield_wait {
public:
  template <class F>
  shield_awaiter(source_place place, F&& f)
      : kept(add(prepare<child>(place, std::forward<F>(f)))) {}
  R await_resume() { return kept.take(); }

private:
  kept_child<R> kept;
};

} // namespace detail

/// Runs `f()` and gives its result, unless it takes longer than `d`: then it is
/// cancelled, and when it has ended, there is no result. That is a
/// `std::optional<R>`; for a reference a pointer, or null; for void whether it
/// ended in time. With a `d` that is not positive `f` does not begin.
///
/// What `f` returns or throws although it was cancelled still counts. When the
/// fiber that waits is cancelled, `f` is, and when it has ended the wait throws
/// `weft::cancelled`. `f` runs in a fiber of its own. No allocation but that
/// fiber's block. O(log n) in the number of timers.
template <class Rep, class Period, class F>
suspends<detail::timeout_awaiter<detail::call_result_t<F>>>
with_timeout([[maybe_unused]] const std::chrono::duration<Rep, Period>& d,
             [[weft::suspendable]] F&& f,
             [[maybe_unused]] source_place place = source_place::current())
    WEFT_AWAITER(detail::timeout_awaiter<detail::call_result_t<F>>(
        detail::deadline_in(d), place, std::forward<F>(f)));
/// The same until `time`.
template <class Clock, class Duration, class F>
suspends<detail::timeout_awaiter<detail::call_result_t<F>>>
with_deadline([[maybe_unused]] const std::chrono::time_point<Clock, Duration>& time,
              [[weft::suspendable]] F&& f,
              [[maybe_unused]] source_place place = source_place::current())
    WEFT_AWAITER(detail::timeout_awaiter<detail::call_result_t<F>>(
        detail::deadline_at(time), place, std::forward<F>(f)));

/// Runs `f()`, which is not cancelled when the fiber that waits for it is: that is
/// at its next wait. Gives the result of `f`, moved once, or throws its exception.
/// `f` runs in a fiber of its own. No allocation but that fiber's block.
template <class F>
suspends<detail::shield_awaiter<detail::call_result_t<F>>>
shield([[weft::suspendable]] F&& f,
       [[maybe_unused]] source_place place = source_place::current())
    WEFT_AWAITER(detail::shield_awaiter<detail::call_result_t<F>>(
        place, std::forward<F>(f)));

} // namespace weft

#endif // WEFT_WITH_TIMEOUT_H
