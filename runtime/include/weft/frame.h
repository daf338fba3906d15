// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The part of a frame that every activation has, whatever it computes.
//
// Names here begin with `weft_` because a frame is a base of the structs that
// the tool generates: inside them the user's own text is looked up, and must
// not find ours.

#ifndef WEFT_FRAME_H
#define WEFT_FRAME_H

#include <weft/config.h>

#include <cstdint>

namespace weft {

/// One activation of a transformed function.
///
/// The first two words stand where C++20 coroutine frames have them on the
/// Itanium and Microsoft ABIs: `weft_resume` continues at the pause and is null
/// once the activation has ended; `weft_destroy` destroys what is alive and
/// frees the frame (with `weft_ends_only` set: only ends the activation).
struct weft_frame {
  /// What a frame begins with, by which its storage knows how to end it.
  using weft_root = weft_frame;
  using entry = void (*)(weft_frame*);

  /// Values of `weft_state`. Other values name the suspension point at which
  /// the activation is paused; the generated `switch` goes there.
  static constexpr std::uint16_t weft_unstarted = 0;
  static constexpr std::uint16_t weft_ended = 0xfffe;
  static constexpr std::uint16_t weft_running = 0xffff;

  /// Bits of `weft_flags`. Bytes, not words: compilers set a bit by writing the
  /// byte that holds it, and a wider read right behind would wait for that.
  enum : std::uint8_t {
    weft_awaits = 1,      ///< paused where a value is to be sent
    weft_raised = 2,      ///< an exception is to be thrown at the pause
    weft_has_result = 4,  ///< ended by a `return` with a result
    weft_sent_const = 8,  ///< the sent object may only be copied
    weft_valueless = 16   ///< paused where a value is sent but none yielded
  };
  /// Bits of `weft_marks`: what being an inner frame means.
  enum : std::uint8_t {
    weft_delegated = 1, ///< works for the frame in weft_link
    weft_borrowed = 2,  ///< and is not owned by that one
    weft_is_chain = 4,  ///< attached just now, while it delegates itself
    weft_ends_only = 8  ///< `weft_destroy` is not to free the frame
  };

  entry weft_resume;
  entry weft_destroy;
  /// For a coroutine that its owner resumes: the innermost frame it delegates
  /// to, null when that is itself. For one that works for another: that one.
  weft_frame* weft_link = nullptr;
  std::uint16_t weft_state = weft_unstarted;
  std::uint8_t weft_flags = 0;
  std::uint8_t weft_marks = 0;

  weft_frame(entry resume, entry destroy) noexcept
      : weft_resume(resume), weft_destroy(destroy) {}
  weft_frame(const weft_frame&) = delete;
  weft_frame& operator=(const weft_frame&) = delete;

  /// Marks the activation as running; returns where it is to go on.
  std::uint16_t weft_enter() noexcept {
    std::uint16_t at = weft_state;
    weft_state = weft_running;
    return at;
  }

  void weft_pause(std::uint16_t state) noexcept { weft_state = state; }

  /// Destroys what is alive beyond `level`. A frame in which something can be
  /// alive hides this with its own.
  void weft_unwind(unsigned /*level*/) noexcept {}

  /// Whether an inner frame of this one, which belongs to whoever resumes it,
  /// is running.
  bool weft_runs_inside() const noexcept {
    return weft_link != nullptr && weft_link->weft_state == weft_running;
  }

  /// Marks the activation as ended.
  void weft_finish() noexcept {
    weft_state = weft_ended;
    weft_resume = nullptr;
  }
};

using frame = weft_frame;

} // namespace weft

#endif // WEFT_FRAME_H
