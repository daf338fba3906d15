// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waits that something outside of the scheduler ends, on any thread.

#ifndef WEFT_EXTERNAL_WAIT_H
#define WEFT_EXTERNAL_WAIT_H

#include <weft/scheduler.h>

namespace weft::detail {

/// While it waits, the scheduler stays and expects to be woken.
class external_wait : injected {
public:
  external_wait(const external_wait&) = delete;
  external_wait& operator=(const external_wait&) = delete;

protected:
  external_wait() noexcept = default;
  ~external_wait() = default;

  /// For a `self` that parks; `wake` may be called from then on.
  void attach(fiber& self) noexcept;
  /// The same, and parks `self` in `awaiter`.
  void park(fiber& self, const wait_kind& kind, void* awaiter) {
    attach(self);
    self.park(kind, awaiter);
  }
  /// `wake` was not, and will not be, called.
  void forget() noexcept;
  /// The same before the fiber has paused: it goes on.
  void unpark() noexcept;
  /// Ends the wait; once, from any thread. Behind it this object may be gone.
  void wake() noexcept;

private:
  static void run(injected& work) noexcept;

  fiber* waiter = nullptr;
  scheduler* home = nullptr;
};

} // namespace weft::detail

#endif // WEFT_EXTERNAL_WAIT_H
