// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Looking at the fibers of a program that runs: what they wait for, and which of
// them does not let the others run.

#ifndef WEFT_WATCH_H
#define WEFT_WATCH_H

#include <weft/config.h>

#include <chrono>
#include <cstdint>
#include <cstdio>

namespace weft {

/// Writes for each fiber of this thread what it waits for, where it was spawned,
/// and its functions, the innermost first, each with the line where it pauses.
/// O(fibers and their frames); not from a handler of signals.
void dump_fibers(std::FILE* file = stderr);

/// From then on `signal` makes every thread that runs fibers dump them to stderr
/// the next time that it looks at what other threads have sent: when none of its
/// fibers is ready, or after some turns. The handler only writes to a pipe, so it
/// may interrupt anything. Starts a helper thread, which a child of fork() has only
/// when it calls this, too. Where there are no pipes, it does nothing.
void dump_fibers_on(int signal);

/// A fiber that does not let the others run.
struct long_turn {
  std::uint32_t fiber; ///< its number
  /// The function that went on when its turn began, or the one that is driven;
  /// null: it has no name, or is the runtime's own.
  const char* function;
  const char* file; ///< null: unknown
  unsigned line;    ///< where it had paused, or begins
  std::chrono::milliseconds so_far;
};
/// Called on the helper thread, once for each such turn.
using long_turn_handler = void (*)(const long_turn& turn);

/// Reports every fiber, of any thread, that runs for longer than `limit` without
/// a pause, about when that is over: to `handler`, or, when that is null, to
/// stderr. Not positive: no longer. `WEFT_WATCHDOG` in the environment is a limit
/// in milliseconds. Starts a helper thread, which children of fork() lack until they
/// call this; a turn then costs a few stores more.
/// Threads notice within some turns. Thread-safe.
void set_watchdog(std::chrono::milliseconds limit,
                  long_turn_handler handler = nullptr);

} // namespace weft

#endif // WEFT_WATCH_H
