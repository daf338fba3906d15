// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waits in a line that end at a deadline.

#ifndef WEFT_TIMED_WAIT_H
#define WEFT_TIMED_WAIT_H

#include <weft/scheduler.h>
#include <weft/this_fiber.h>
#include <weft/wait_line.h>

#include <utility>

namespace weft::detail {

/// As `line_wait`, until `deadline`; 0: that has passed, and nothing is waited
/// for. Where the wait has no result, that is whether what it waited for has come.
template <class A> class timed_wait : public A {
public:
  template <class... Arguments>
  explicit timed_wait(std::int64_t deadline, Arguments&&... arguments)
      : A(std::forward<Arguments>(arguments)...), deadline(deadline) {}

  bool await_ready() {
    if (A::await_ready())
      return true;
    return expired = deadline == 0;
  }
  void weft_suspend(fiber& self) {
    scheduler::mine().timers.arm(due, self, deadline);
    this->join(self);
    self.park(kind, this);
  }
  auto await_resume() {
    if constexpr (std::is_void_v<decltype(A::await_resume())>) {
      A::await_resume();
      return !expired;
    } else {
      return A::await_resume();
    }
  }

private:
  static bool unlink(void* awaiter, fiber&) noexcept {
    auto& self = *static_cast<timed_wait*>(awaiter);
    ready.home->timers.disarm(self.due);
    self.leave();
    return true;
  }
  static bool met(void* awaiter, const void* by) noexcept {
    auto& self = *static_cast<timed_wait*>(awaiter);
    if (by == &self.due) {
      self.expired = true;
      self.leave();
    } else {
      ready.home->timers.disarm(self.due);
    }
    return true;
  }
  static const void* object(const void* awaiter) noexcept {
    return static_cast<const timed_wait*>(awaiter)->line;
  }
  static constexpr wait_kind kind{A::what, unlink, false, object, met};

  std::int64_t deadline;
  timer due;
  bool expired = false;
};

} // namespace weft::detail

#endif // WEFT_TIMED_WAIT_H
