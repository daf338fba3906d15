// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waiting for a promise that another thread may satisfy.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/future.h>

#include <cstdlib>

namespace weft::detail {

const wait_kind future_wait::kind{"a future", unlink, true, object};

bool future_wait::weft_suspend(fiber& self) {
  satisfied = [](future_listener& listener) noexcept {
    static_cast<future_wait&>(listener).wake();
  };
  park(self, kind, this);
  if (of->listen(*this))
    return true;
  unpark();
  return false;
}

bool future_wait::unlink(void* awaiter, fiber&) noexcept {
  auto& self = *static_cast<future_wait*>(awaiter);
  if (!self.of->unlisten(self))
    return false;
  self.forget();
  return true;
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
