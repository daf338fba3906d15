// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A condition variable for fibers.

#ifndef WEFT_CONDITION_VARIABLE_H
#define WEFT_CONDITION_VARIABLE_H

#include <weft/awaiting.h>
#include <weft/call_awaiter.h>
#include <weft/mutex.h>
#include <weft/scheduler.h>

#include <mutex>
#include <utility>

namespace weft {

class condition_variable;

namespace detail {

/// Stands in the line of the condition, then, without running in between, in that
/// of the mutex: however the wait ends, the fiber holds the mutex.
class condition_wait : public line_place {
public:
  condition_wait(condition_variable& of, std::unique_lock<mutex>& held)
      : of(of), m(held.mutex()) {
    if (!WEFT_LIKELY(held.owns_lock()))
      fiber_misuse(fiber_errc::not_locked);
  }

  bool await_ready() const noexcept { return false; }
  void weft_suspend(fiber& self);
  void await_resume() const noexcept {}

protected:
  /// Goes over to the mutex; whether it holds it.
  bool relock(const wait_kind& meanwhile) noexcept;
  void stand_in_line(fiber& self);
  static bool unlink(void* awaiter, fiber& waiter) noexcept;
  static bool met(void* awaiter, const void* by) noexcept;
  static const void* object(const void* awaiter) noexcept;
  /// In the line of the condition; in that of the mutex, to go on or to be
  /// cancelled.
  static const wait_kind waits, relocks, relocks_to_end;

  condition_variable& of;
  mutex* m;
};

class timed_condition_wait : public condition_wait {
public:
  timed_condition_wait(std::int64_t deadline, condition_variable& of,
                       std::unique_lock<mutex>& held)
      : condition_wait(of, held), deadline(deadline) {}

  bool await_ready() noexcept { return expired = deadline == 0; }
  void weft_suspend(fiber& self);
  /// Whether it was notified.
  bool await_resume() const noexcept { return !expired; }

private:
  static bool unlink(void* awaiter, fiber& waiter) noexcept;
  static bool met(void* awaiter, const void* by) noexcept;
  static const wait_kind waits_until;

  std::int64_t deadline;
  timer due;
  bool expired = false;
};

} // namespace detail

/// Lets fibers of one thread wait for what others change under a mutex. Those that
/// wait are notified in the order in which they came, and get the mutex in that
/// order. Names and meaning of `std::condition_variable`, with
/// `std::unique_lock<weft::mutex>`; there are no spurious wake-ups.
///
/// Whenever a wait ends, also by an exception or because its fiber is cancelled,
/// the fiber holds the mutex again. One who is cancelled after it was notified
/// goes on, and is cancelled at its next wait, so that no notification is lost.
///
/// Destroying one on which a fiber waits ends the process. The waits with a
/// predicate, an ordinary function, keep that on the fiber's stack of frames;
/// nothing else allocates, and all is O(1), but O(log n) in the number of timers
/// where there is a deadline. `fiber_errc::not_locked`: the lock holds no mutex.
class condition_variable {
public:
  condition_variable() noexcept = default;
  condition_variable(const condition_variable&) = delete;
  condition_variable& operator=(const condition_variable&) = delete;

  /// Unlocks the mutex, waits to be notified, and locks it again.
  suspends<detail::condition_wait> wait(std::unique_lock<mutex>& held)
      WEFT_AWAITER(detail::condition_wait(*this, held));
  /// The same until a time has come; whether it was notified before.
  template <class Rep, class Period>
  suspends<detail::timed_condition_wait>
  wait_for(std::unique_lock<mutex>& held,
           [[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(detail::timed_condition_wait(detail::deadline_in(d), *this, held));
  template <class Clock, class Duration>
  suspends<detail::timed_condition_wait>
  wait_until(std::unique_lock<mutex>& held,
             [[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(detail::timed_condition_wait(detail::deadline_at(t), *this, held));

  /// Waits until `holds()`, which is called under the mutex.
  template <class Predicate>
  suspends<detail::call_awaiter<void>> wait(std::unique_lock<mutex>& held,
                                            [[maybe_unused]] Predicate holds)
      WEFT_AWAITER(wait_until_true<void>(0, held, std::move(holds)));
  /// The same until a time has come; what `holds()` says then.
  template <class Rep, class Period, class Predicate>
  suspends<detail::call_awaiter<bool>>
  wait_for(std::unique_lock<mutex>& held,
           [[maybe_unused]] const std::chrono::duration<Rep, Period>& d,
           [[maybe_unused]] Predicate holds)
      WEFT_AWAITER(wait_until_true<bool>(detail::deadline_in(d), held, std::move(holds)));
  template <class Clock, class Duration, class Predicate>
  suspends<detail::call_awaiter<bool>>
  wait_until(std::unique_lock<mutex>& held,
             [[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t,
             [[maybe_unused]] Predicate holds)
      WEFT_AWAITER(wait_until_true<bool>(detail::deadline_at(t), held, std::move(holds)));

  void notify_one() noexcept {
    if (!line.empty())
      line.pop_front().wake();
  }
  /// O(those that it wakes).
  void notify_all() noexcept {
    while (!line.empty())
      notify_one();
  }

private:
  friend class detail::condition_wait;

  template <class R, class Predicate>
  detail::call_awaiter<R> wait_until_true(std::int64_t deadline,
                                          std::unique_lock<mutex>& held,
                                          Predicate&& holds);

  detail::wait_line line;
};

namespace detail {

/// while (!holds()) of.wait(held);   // or the same with a deadline
template <class R, class Predicate>
struct weft_condition_frame final : weft_fiber_frame<R> {
  static constexpr bool is_timed = !std::is_void_v<R>;
  using wait_type = std::conditional_t<is_timed, timed_condition_wait, condition_wait>;

  condition_variable& of;
  std::unique_lock<mutex>& held;
  std::int64_t deadline;
  Predicate holds;
  slot<wait_type> wait;
  bool waits = false;

  weft_condition_frame(into<R> result, condition_variable& of,
                       std::unique_lock<mutex>& held, std::int64_t deadline,
                       Predicate&& holds)
      : weft_fiber_frame<R>(result), of(of), held(held), deadline(deadline),
        holds(std::move(holds)) {}
  void weft_unwind(unsigned) noexcept {
    if (std::exchange(waits, false))
      wait.destroy();
  }
  outcome weft_run() {
    activation_end weft_end(*this);
    bool notified = true;
    for (;;) {
      if (!waits) {
        const bool is_true = holds();
        if (is_true || !notified) {
          if constexpr (is_timed)
            this->weft_return([=] { return is_true; });
          return weft_end.done();
        }
        wait.emplace_from([&] {
          if constexpr (is_timed)
            return wait_type(deadline, of, held);
          else
            return wait_type(of, held);
        });
        waits = true;
        if (this->weft_wait(1, wait.value))
          return weft_end.paused();
      }
      this->weft_resumed();
      if constexpr (is_timed)
        notified = wait.value.await_resume();
      weft_unwind(0);
    }
  }
};

} // namespace detail

template <class R, class Predicate>
detail::call_awaiter<R>
condition_variable::wait_until_true(std::int64_t deadline,
                                    std::unique_lock<mutex>& held,
                                    Predicate&& holds) {
  return detail::call_awaiter<R>(std::in_place, [&](into<R> result) {
    return begin<detail::weft_condition_frame<R, Predicate>>(
        result, *this, held, deadline, std::move(holds));
  });
}

} // namespace weft

#endif // WEFT_CONDITION_VARIABLE_H
