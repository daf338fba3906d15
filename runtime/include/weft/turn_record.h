// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the watchdog sees of a thread: the turn that a fiber has.

#ifndef WEFT_TURN_RECORD_H
#define WEFT_TURN_RECORD_H

#include <weft/fiber_control.h>

#include <atomic>

namespace weft::detail {

/// Whether there is a watchdog.
inline std::atomic<bool> is_watched{false};

/// Written by its thread, read by the watchdog. All accesses are relaxed but
/// those of `turn`, which is odd during a turn: whoever finds the same odd number
/// in front of a read and behind it has read what belongs to it.
class turn_record {
public:
  void begin(const fiber& f) noexcept {
    step.store(f.leaf->weft_step, std::memory_order_relaxed);
    state.store(f.leaf->weft_state, std::memory_order_relaxed);
    begin(f.id);
  }
  /// Of a function that is driven, not resumed.
  void begin(const fiber& f, const char* driven) noexcept {
    step.store(nullptr, std::memory_order_relaxed);
    function.store(driven, std::memory_order_relaxed);
    begin(f.id);
  }
  void end() noexcept {
    const std::uint64_t now = turn.load(std::memory_order_relaxed);
    if (now % 2 != 0)
      turn.store(now + 1, std::memory_order_release);
  }

  std::atomic<std::uint64_t> turn{0};
  std::atomic<std::uint32_t> id{0};
  std::atomic<std::uint16_t> state{0};
  std::atomic<activation::weft_stepper> step{nullptr};
  std::atomic<const char*> function{nullptr};

  // The watchdog's own.
  std::uint64_t seen = 0;
  std::uint64_t reported = 0;
  std::int64_t seen_at = 0;

private:
  void begin(std::uint32_t fiber) noexcept {
    id.store(fiber, std::memory_order_relaxed);
    const std::uint64_t now = turn.load(std::memory_order_relaxed);
    turn.store(now + (now % 2 != 0 ? 2 : 1), std::memory_order_release);
  }
};

} // namespace weft::detail

#endif // WEFT_TURN_RECORD_H
