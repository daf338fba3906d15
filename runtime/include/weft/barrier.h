// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A place where a number of fibers wait for each other, again and again.

#ifndef WEFT_BARRIER_H
#define WEFT_BARRIER_H

#include <weft/awaiting.h>
#include <weft/timed_wait.h>

#include <cstddef>
#include <utility>

namespace weft {

template <class Completion> class barrier;

namespace detail {

/// What a barrier does at the end of a phase by default.
struct no_completion {
  void operator()() const noexcept {}
};

template <class Completion> class arriving : public line_place {
public:
  static constexpr const char* what = "a barrier";

  explicit arriving(barrier<Completion>& of) noexcept : of(of) {}
  /// The last to arrive ends the phase.
  bool await_ready() { return of.is_last() && (of.end_phase(), true); }
  void join(fiber& self) noexcept {
    ++of.arrived;
    of.line.push_back(*this, self);
  }
  void leave() noexcept {
    --of.arrived;
    line_place::leave();
  }
  void await_resume() const noexcept {}

private:
  barrier<Completion>& of;
};

} // namespace detail

/// Fibers of one thread, a fixed number at a time, wait for each other. The last
/// one to arrive calls the completion, an ordinary function, and all go on: the
/// last one at once, the others in the order in which they came. One who is
/// cancelled, or whose time is over, while it waits has not arrived. Names and
/// meaning of `std::barrier`.
///
/// Destroying one on which a fiber waits ends the process. Nothing allocates; all
/// is O(1), but O(log n) in the number of timers where there is a deadline, and
/// the last arrival O(number of fibers).
template <class Completion = detail::no_completion> class barrier {
public:
  explicit constexpr barrier(std::size_t expected,
                             Completion completion = Completion())
      : expected(expected), completion(std::move(completion)) {}
  barrier(const barrier&) = delete;
  barrier& operator=(const barrier&) = delete;

  /// Waits for the others. Throws what the completion throws, which then leaves
  /// everything as if this one had not arrived.
  suspends<detail::line_wait<detail::arriving<Completion>>> arrive_and_wait()
      WEFT_AWAITER(detail::line_wait<detail::arriving<Completion>>(*this));
  /// The same until a time has come; whether the others came before.
  template <class Rep, class Period>
  suspends<detail::timed_wait<detail::arriving<Completion>>> arrive_and_wait_for(
      [[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(detail::timed_wait<detail::arriving<Completion>>(
          detail::deadline_in(d), *this));
  template <class Clock, class Duration>
  suspends<detail::timed_wait<detail::arriving<Completion>>> arrive_and_wait_until(
      [[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(detail::timed_wait<detail::arriving<Completion>>(
          detail::deadline_at(t), *this));
  /// Arrives, and is not expected in the phases to come. Does not wait.
  void arrive_and_drop() {
    if (is_last())
      end_phase();
    --expected;
  }

private:
  template <class> friend class detail::arriving;

  bool is_last() const noexcept { return arrived + 1 == expected; }
  void end_phase() {
    completion();
    arrived = 0;
    while (!line.empty())
      line.pop_front().wake();
  }

  detail::wait_line line;
  std::size_t expected, arrived = 0;
  Completion completion;
};
template <class Completion> barrier(std::size_t, Completion) -> barrier<Completion>;
barrier(std::size_t) -> barrier<>;

} // namespace weft

#endif // WEFT_BARRIER_H
