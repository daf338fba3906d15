// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The ends of work that has a time limit, and of work that is not interrupted.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/with_timeout.h>

namespace weft::detail {

const wait_kind timeout_wait::kind{"its children, or a timer", unlink, false,
                                   nullptr, met};

void timeout_wait::weft_suspend(fiber& self) {
  scheduler::mine().timers.arm(due, self, deadline);
  start(self);
  self.park(kind, static_cast<group*>(this));
}

bool timeout_wait::met(void* awaiter, const void* by) noexcept {
  auto& self = static_cast<timeout_wait&>(*static_cast<group*>(awaiter));
  if (by == &self.due) {
    self.expired = true;
    self.cancel(nullptr);
    return false; // Its child has to end first.
  }
  if (!self.expired)
    ready.home->timers.disarm(self.due);
  return group::met(awaiter, by);
}

const wait_kind shield_wait::kind{
    "its shielded child", [](void*, fiber&) noexcept { return false; }};

} // namespace weft::detail
