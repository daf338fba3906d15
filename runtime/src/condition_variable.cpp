// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How those who wait on a condition get to the mutex.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/condition_variable.h>

namespace weft::detail {

namespace {
/// It holds the mutex when it ends, and so waits for that.
bool stays(void*, fiber&) noexcept { return false; }
/// It was cancelled while it waited for the condition.
bool ends_cancelled(void* awaiter, const void*) noexcept {
  throw_pending(*static_cast<condition_wait*>(awaiter)->waiter);
  return true;
}
} // namespace

const wait_kind condition_wait::waits{"a condition variable", unlink, false, object,
                                      met};
const wait_kind condition_wait::relocks{locking::what, stays, false, object};
const wait_kind condition_wait::relocks_to_end{locking::what, stays, false, object,
                                               ends_cancelled};

bool condition_wait::relock(const wait_kind& meanwhile) noexcept {
  if (m->holder == 0) {
    m->holder = waiter->id;
    return true;
  }
  m->line.push_back(*this, *waiter);
  waiter->waiting = &meanwhile;
  return false;
}

void condition_wait::stand_in_line(fiber& self) {
  of.line.push_back(*this, self);
  m->unlock();
}

void condition_wait::weft_suspend(fiber& self) {
  stand_in_line(self);
  self.park(waits, this);
}

bool condition_wait::met(void* awaiter, const void*) noexcept {
  return static_cast<condition_wait*>(awaiter)->relock(relocks);
}

bool condition_wait::unlink(void* awaiter, fiber&) noexcept {
  auto& self = *static_cast<condition_wait*>(awaiter);
  self.leave();
  return self.relock(relocks_to_end);
}

const void* condition_wait::object(const void* awaiter) noexcept {
  return static_cast<const condition_wait*>(awaiter)->line;
}

const wait_kind timed_condition_wait::waits_until{"a condition variable", unlink,
                                                  false, object, met};

void timed_condition_wait::weft_suspend(fiber& self) {
  scheduler::mine().timers.arm(due, self, deadline);
  stand_in_line(self);
  self.park(waits_until, static_cast<condition_wait*>(this));
}

bool timed_condition_wait::met(void* awaiter, const void* by) noexcept {
  auto& self = static_cast<timed_condition_wait&>(
      *static_cast<condition_wait*>(awaiter));
  if (by == &self.due) {
    self.expired = true;
    self.leave();
  } else {
    ready.home->timers.disarm(self.due);
  }
  return self.relock(relocks);
}

bool timed_condition_wait::unlink(void* awaiter, fiber& waiter) noexcept {
  auto& self = static_cast<timed_condition_wait&>(
      *static_cast<condition_wait*>(awaiter));
  ready.home->timers.disarm(self.due);
  return condition_wait::unlink(awaiter, waiter);
}

} // namespace weft::detail
