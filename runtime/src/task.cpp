// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The rare paths of starting fibers, and of waiting for their end.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/spawn.h>

namespace weft::detail {

void remember_frame_bytes(std::size_t& room, std::size_t before,
                          const fiber& f) noexcept {
  std::size_t bytes = first_frame_bytes(f.leaf);
  if (size_class(before + bytes) < size_classes)
    room = bytes;
}

void throw_ended(const fiber& f) {
  if (f.exception.value == nullptr)
    throw_from_library(fiber_errc::task_cancelled,
                       message(fiber_errc::task_cancelled));
#if WEFT_HAS_EXCEPTIONS
  std::rethrow_exception(f.exception.value);
#else
  abort_with("the task ended by an exception");
#endif
}

const wait_kind end_awaiter::kind{"the end of a task", unlink, false, object};

void end_awaiter::leave() noexcept {
  end_listener** at = &of->listeners;
  while (*at != this)
    at = &(*at)->next;
  *at = next;
}

bool end_awaiter::unlink(void* awaiter, fiber&) noexcept {
  static_cast<end_awaiter*>(awaiter)->leave();
  return true;
}

const void* end_awaiter::object(const void* awaiter) noexcept {
  return static_cast<const end_awaiter*>(awaiter)->of;
}

} // namespace weft::detail
