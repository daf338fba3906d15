// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The one place where an event loop plugs in.

#ifndef WEFT_POLLER_H
#define WEFT_POLLER_H

#include <weft/config.h>

#include <chrono>

namespace weft {

/// What a thread does while no fiber of it is ready. All but `wake` are called
/// on that thread, by the scheduler, outside of fibers; what they call may make
/// fibers ready (set promises, resume handles).
class poller {
public:
  using time_point = std::chrono::steady_clock::time_point;

  virtual ~poller() = default;

  /// Handles events until `wake` is called, or one was handled, or `deadline`
  /// has come; `time_point::max()`: without limit. May return early.
  virtual void wait(time_point deadline) = 0;
  /// Handles what is there, without waiting. Called now and then while fibers
  /// are ready.
  virtual void poll() { wait(time_point::min()); }
  /// Ends the wait, or, if there is none, the next. From any thread.
  virtual void wake() noexcept = 0;
  /// Whether a wait can end otherwise than by `wake` or its deadline. While it
  /// can, waiting fibers are never taken for a deadlock.
  virtual bool has_sources() const noexcept { return true; }
  /// The last call, when the thread ends, behind the end of its fibers; may
  /// free this object.
  virtual void thread_ends() noexcept {}
};

/// Makes this thread wait in `p`, which must outlive its use; null: in the
/// default one, which uses a condition variable. Returns the one before, null
/// for the default. Not from inside `wait`.
poller* set_poller(poller* p);

} // namespace weft

#endif // WEFT_POLLER_H
