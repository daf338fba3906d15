// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The timers of one thread: a heap of deadlines.
//
// Equal deadlines come in the order of arming. The heap's array is cut in
// segments, so that it neither moves nor reserves more than it holds.

#ifndef WEFT_TIMER_QUEUE_H
#define WEFT_TIMER_QUEUE_H

#include <weft/clock.h>
#include <weft/config.h>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace weft {

class fiber;

namespace detail {

/// Lives in whoever waits; must not move while armed.
struct timer {
  fiber* waiter = nullptr;
  /// In the heap.
  std::uint32_t position = 0;
  std::uint32_t order = 0;
};

class timer_queue {
public:
  timer_queue() noexcept = default;
  ~timer_queue();
  timer_queue(const timer_queue&) = delete;
  timer_queue& operator=(const timer_queue&) = delete;

  bool empty() const noexcept { return size == 0; }
  /// Of the first; there is one. In nanoseconds of the steady clock.
  std::int64_t first_deadline() const noexcept { return at(0).deadline; }
  /// O(log n).
  void arm(timer& t, fiber& waiter, std::int64_t deadline);
  void disarm(timer& t) noexcept;
  /// Wakes who waits for a deadline that is not after `now`.
  void fire(std::int64_t now) noexcept;

private:
  struct entry {
    std::int64_t deadline;
    timer* of;
  };
  static constexpr std::size_t segment_entries = 1024;

  entry& at(std::size_t i) const noexcept {
    return segments[i / segment_entries][i % segment_entries];
  }
  static bool before(const entry& a, const entry& b) noexcept {
    return a.deadline != b.deadline
               ? a.deadline < b.deadline
               : static_cast<std::int32_t>(a.of->order - b.of->order) < 0;
  }
  void put(std::size_t i, entry e) noexcept;
  void sift_up(std::size_t i, entry e) noexcept;
  void sift_down(std::size_t i, entry e) noexcept;
  void add_segment();

  entry** segments = nullptr;
  std::size_t segment_count = 0, segment_capacity = 0;
  std::size_t size = 0;
  std::uint32_t armed = 0;
};

/// Nanoseconds, rounded up; what does not fit is the most that does, what is
/// negative is 0.
template <class Rep, class Period>
constexpr std::int64_t
saturated(const std::chrono::duration<Rep, Period>& d) noexcept {
  using approximate = std::chrono::duration<double, std::nano>;
  double about = approximate(d).count();
  if (!(about > 0))
    return 0;
  if (about >= 9.2e18)
    return INT64_MAX;
  auto exact = std::chrono::duration_cast<std::chrono::nanoseconds>(d);
  return exact.count() + (exact < d ? 1 : 0);
}
constexpr std::int64_t saturated_sum(std::int64_t a, std::int64_t b) noexcept {
  return a > INT64_MAX - b ? INT64_MAX : a + b;
}

} // namespace detail
} // namespace weft

#endif // WEFT_TIMER_QUEUE_H
