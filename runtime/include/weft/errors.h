// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What happens when a coroutine is used in a way that has no meaning.

#ifndef WEFT_ERRORS_H
#define WEFT_ERRORS_H

#include <weft/config.h>

#include <exception>

namespace weft {

enum class coroutine_errc {
  not_started,     ///< `send` to a coroutine that has not reached a pause
  value_awaited,   ///< `next` where a value is to be sent
  no_value_awaited,///< `send` where no value is awaited
  ended,           ///< `next`, `send` or `raise` after the end
  running,         ///< resumed or closed from inside itself
  delegated,       ///< resumed while another coroutine delegates to it
  no_value,        ///< `value()` when it is not paused at a yield
  no_result,       ///< `result()` without a result
  awaited          ///< an async generator whose `next()` is under way
};

/// A short English sentence without a full stop.
const char* message(coroutine_errc code) noexcept;

/// Thrown on misuse where exceptions are on; the coroutine is as it was.
class coroutine_error : public std::exception {
public:
  explicit coroutine_error(coroutine_errc code) noexcept : code_(code) {}
  coroutine_errc code() const noexcept { return code_; }
  const char* what() const noexcept override { return message(code_); }

private:
  coroutine_errc code_;
};

/// Called on misuse where exceptions are off. May leave by `longjmp` or end the
/// process; when it returns the process is aborted. Thread-safe.
using misuse_handler = void (*)(coroutine_errc);

/// Installs `handler`, returns the one before. Null restores the default, which
/// writes the message to stderr.
misuse_handler set_misuse_handler(misuse_handler handler) noexcept;

namespace detail {
[[noreturn]] void call_misuse_handler(coroutine_errc code) noexcept;

// Cold, so that the checks in front of it stay small enough to be inlined.
[[noreturn, gnu::cold, gnu::noinline]] inline void misuse(coroutine_errc code) {
#if WEFT_HAS_EXCEPTIONS
  throw coroutine_error(code);
#else
  call_misuse_handler(code);
#endif
}
} // namespace detail
} // namespace weft

#endif // WEFT_ERRORS_H
