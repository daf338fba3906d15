// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which fiber functions an exception has left: the logical call chain, which is
// not on the native stack.

#ifndef WEFT_EXCEPTION_TRACE_H
#define WEFT_EXCEPTION_TRACE_H

#include <cstdio>
#include <exception>

namespace weft {

/// A fiber function that an exception has left. The strings live as long as the
/// program.
struct left_function {
  const char* name;
  const char* file;
  /// Of the call or the wait where it paused last, or its own: it has got there,
  /// or further.
  unsigned line;
};

/// Calls `visit` for the fiber functions that `exception`, which has ended a fiber,
/// has left, the innermost first: to be asked in the handler of
/// `set_unhandled_handler`, or where a task's `get` has thrown it. It begins with
/// the function that the scheduler had resumed; what that called, and what did not
/// pause, was on the native stack when it was thrown, for debuggers to show.
///
/// Of each thread the last such exception is known, and of that the first 32
/// functions; those compiled without exceptions are not. One that handles an
/// exception and, before it pauses, throws another of the same type may be taken
/// for one that lets it pass.
void for_each_left(const std::exception_ptr& exception,
                   void (*visit)(const left_function& function, void* context),
                   void* context);

/// Writes a line for each of them: out of NAME, since FILE:LINE.
void print_exception_trace(std::FILE* file, const std::exception_ptr& exception);

} // namespace weft

#endif // WEFT_EXCEPTION_TRACE_H
