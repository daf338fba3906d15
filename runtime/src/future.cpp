// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waiting for a promise that another thread may satisfy.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/future.h>

#include <cstdlib>

namespace weft::detail {

const wait_kind future_wait::kind{"a future", unlink, true, object};

bool future_wait::join(fiber& self) noexcept {
  satisfied = [](future_listener& listener) noexcept {
    static_cast<future_wait&>(listener).wake();
  };
  attach(self);
  if (of->listen(*this))
    return true;
  forget();
  return false;
}

bool future_wait::weft_suspend(fiber& self) {
  self.park(kind, this);
  if (join(self))
    return true;
  self.waiting = nullptr;
  return false;
}

bool future_wait::leave() noexcept {
  if (!of->unlisten(*this))
    return false;
  forget();
  return true;
}

bool future_wait::unlink(void* awaiter, fiber&) noexcept {
  return static_cast<future_wait*>(awaiter)->leave();
}

const void* future_wait::object(const void* awaiter) noexcept {
  return static_cast<const future_wait*>(awaiter)->of;
}

void throw_outcome(const std::exception_ptr& raised, future_state::kind how) {
  if (how == future_state::broken)
    throw_from_library(fiber_errc::broken_promise,
                       message(fiber_errc::broken_promise));
#if WEFT_HAS_EXCEPTIONS
  std::rethrow_exception(raised);
#else
  (void)raised;
  abort_with("the future holds an exception");
#endif
}

} // namespace weft::detail
