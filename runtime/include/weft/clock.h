// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The clock that timers go by.

#ifndef WEFT_CLOCK_H
#define WEFT_CLOCK_H

#include <weft/config.h>

#include <chrono>
#include <cstdint>

namespace weft {

namespace detail {

using steady = std::chrono::steady_clock;

/// The thread's time while it is simulated, else null. In nanoseconds.
inline thread_local const std::int64_t* virtual_time = nullptr;

inline std::int64_t now() noexcept {
  if (!WEFT_LIKELY(virtual_time == nullptr))
    return *virtual_time;
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             steady::now().time_since_epoch())
      .count();
}

} // namespace detail

/// What `std::chrono::steady_clock` says, or, on a thread that is simulated with
/// a virtual clock, the time that has passed there. Programs that are to be
/// simulated read this one.
struct clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<detail::steady, duration>;
  static constexpr bool is_steady = true;

  static time_point now() noexcept {
    return time_point(duration(detail::now()));
  }
};

} // namespace weft

#endif // WEFT_CLOCK_H
