// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What can go wrong with fibers, and what is said about fibers that go wrong.

#ifndef WEFT_FIBER_ERRORS_H
#define WEFT_FIBER_ERRORS_H

#include <weft/config.h>

#include <cstdint>
#include <cstdio>
#include <exception>

namespace weft {

struct weft_activation;

enum class fiber_errc {
  cannot_suspend, ///< a wait that is not over, in a driven function in a fiber
  task_cancelled, ///< `get` of a task that was cancelled
  no_task,        ///< an operation of a task that holds none
  no_result,      ///< a second `get` of a task or future
  broken_promise, ///< the promise was destroyed without a value
  promise_satisfied, ///< a second value for a promise
  no_state,          ///< an operation of a promise or future that holds none
  would_deadlock,    ///< a fiber locks the mutex that it holds
  not_locked,        ///< an unlocking of, or a wait under, a mutex not locked
  no_fiber           ///< outside of fibers, what only a fiber can do
};

/// A short English sentence without a full stop.
const char* message(fiber_errc code) noexcept;

/// Thrown where exceptions are on.
class fiber_error : public std::exception {
public:
  explicit fiber_error(fiber_errc code) noexcept : code_(code) {}
  /// What it says begins with `details`, which is copied, cut at 239 bytes.
  fiber_error(fiber_errc code, const char* details) noexcept;
  fiber_errc code() const noexcept { return code_; }
  const char* what() const noexcept override {
    return details[0] != '\0' ? details : message(code_);
  }

private:
  fiber_errc code_;
  char details[240] = {};
};

/// Thrown at the suspension point of a fiber that is cancelled. Not a
/// `std::exception`, so that handlers of errors let it pass. A fiber that
/// catches it and goes on is no longer cancelled.
struct cancelled {};

/// Where a fiber was spawned. The strings live as long as the program.
struct source_place {
  const char* file = nullptr; ///< null: unknown
  unsigned line = 0;

  static constexpr source_place
  current(const char* file = __builtin_FILE(),
          unsigned line = __builtin_LINE()) noexcept {
    return {file, line};
  }
};

/// What is known of a fiber.
struct fiber_info {
  std::uint32_t id;
  /// What it waits on, as in "receive on a channel".
  const char* waits_on;
  const void* object; ///< what is waited on, or null
  source_place spawned;
  /// The function that drives it, for one that was not spawned; else null.
  const char* function;
  /// Its innermost frame, while the fiber is visited; null: it runs.
  const weft_activation* innermost;
};

/// Calls `visit` for every fiber of this thread that has not ended, in no
/// particular order of spawning. O(fibers).
void for_each_fiber(void (*visit)(const fiber_info& fiber, void* context),
                    void* context);
/// Writes a line for each fiber of this thread.
void print_fibers(std::FILE* file);

/// The status with which a process ends whose fibers all wait on each other.
inline constexpr int deadlock_exit_status = 97;

/// Called on the thread whose fibers wait for what nothing can end: no fiber is
/// ready, no timer runs, and neither the poller has sources nor another thread
/// exists that could set a promise or resume a foreign awaitable. When it
/// returns, the process ends with `deadlock_exit_status`, without destructors.
using deadlock_handler = void (*)();

/// Installs `handler`, returns the one before. Null restores the default, which
/// writes the fibers to stderr. Thread-safe.
deadlock_handler set_deadlock_handler(deadlock_handler handler) noexcept;

/// Called with the exception that ended a fiber when it is certain that nobody
/// will ask for it: the task was detached or destroyed. Must not throw.
using unhandled_handler = void (*)(const fiber_info& fiber,
                                   std::exception_ptr exception);

/// Installs `handler`, returns the one before. Null restores the default, which
/// writes to stderr and goes on. Thread-safe.
unhandled_handler set_unhandled_handler(unhandled_handler handler) noexcept;

namespace detail {
/// A line about it.
void print_fiber(std::FILE* file, const fiber_info& f);
[[noreturn]] void report_deadlock() noexcept;
/// Whether the process has more than this thread, as far as can be found out.
bool other_threads() noexcept;
void report_unhandled(const fiber_info& fiber,
                      std::exception_ptr exception) noexcept;
[[noreturn]] void abort_with(const char* message) noexcept;
/// From the library, which has exceptions where the program may have none.
[[noreturn]] void throw_from_library(fiber_errc code, const char* details);

[[noreturn, gnu::cold, gnu::noinline]] inline void
fiber_misuse(fiber_errc code) {
#if WEFT_HAS_EXCEPTIONS
  throw fiber_error(code);
#else
  abort_with(message(code));
#endif
}
} // namespace detail
} // namespace weft

#endif // WEFT_FIBER_ERRORS_H
