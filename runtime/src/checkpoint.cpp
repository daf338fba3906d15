// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// When a checkpoint of a green function switches to the next fiber.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/awaiting.h>
#include <weft/scheduler.h>

#include <cstdlib>
#include <cstring>

namespace weft::detail {

unsigned long checkpoints_between_switches() noexcept {
  static const unsigned long count = [] {
    const char* wanted = std::getenv("WEFT_PREEMPT");
    if (wanted == nullptr)
      return 0ul;
    if (std::strcmp(wanted, "always") == 0)
      return 1ul;
    char* end;
    const unsigned long number = std::strtoul(wanted, &end, 10);
    return *end == '\0' ? number : 0ul;
  }();
  return count;
}

bool switch_at_checkpoint(activation& frame, std::uint16_t state) {
  static thread_local unsigned long passed = 0;
  fiber& self = *here.running;
  if (self.flags & fiber::driven || ++passed < checkpoints_between_switches())
    return false;
  passed = 0;
  if (self.flags & fiber::cancel_pending)
    return wait_specially(self, frame, state, true);
  frame.weft_state = state;
  self.leaf = &frame;
  ready.after = ready_context::cede;
  return true;
}

} // namespace weft::detail
