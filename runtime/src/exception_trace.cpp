// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The way of the last exception of each thread, noted where it leaves a frame.
//
// Notes must not keep the exception alive: when it is destroyed is the program's
// own business. So what is known of it is where it lies, of what type it is, and
// which frame it is being thrown into. Another is alike in all three only when
// that frame, in the same turn, has handled the first and throws one of its type.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/activation.h>
#include <weft/exception_trace.h>

#include <cstring>
#include <typeinfo>

#if __has_include(<cxxabi.h>)
#include <cxxabi.h>
#endif

namespace weft {
namespace detail {
namespace {

constexpr unsigned most = 32;

struct identity {
  const void* object = nullptr;
  const std::type_info* type = nullptr;

  bool operator==(const identity& other) const noexcept {
    return object == other.object && type == other.type;
  }
};

/// Of the exception that is being handled.
identity current() noexcept {
  identity found;
  const std::exception_ptr exception = std::current_exception();
  static_assert(sizeof(exception) >= sizeof(found.object));
  std::memcpy(&found.object, &exception, sizeof(found.object));
#if __has_include(<cxxabi.h>)
  found.type = abi::__cxa_current_exception_type();
#endif
  return found;
}

struct trace {
  identity of;
  const activation* next = nullptr; ///< the frame that it is being thrown into
  unsigned count = 0;               ///< of those in `functions`
  left_function functions[most];
};
thread_local trace last;

} // namespace

void note_thrown_into(const activation* caller) noexcept { last.next = caller; }

void note_left(const activation& frame, const function_facts& facts) noexcept {
  const identity present = current();
  if (&frame != last.next || !(present == last.of)) {
    last.of = present;
    last.count = 0;
  }
  if (facts.name != nullptr && last.count != most)
    last.functions[last.count++] = {facts.name, facts.file, facts.line(frame.weft_state)};
}

} // namespace detail

void for_each_left(const std::exception_ptr& exception,
                   void (*visit)(const left_function& function, void* context),
                   void* context) {
#if WEFT_HAS_EXCEPTIONS
  if (exception == nullptr)
    return;
  detail::identity asked;
  try {
    std::rethrow_exception(exception);
  } catch (...) {
    asked = detail::current();
  }
  // What is called may throw, and so begin another trace.
  const detail::trace found = detail::last;
  if (asked == found.of)
    for (unsigned i = 0; i != found.count; ++i)
      visit(found.functions[i], context);
#else
  (void)exception, (void)visit, (void)context;
#endif
}

void print_exception_trace(std::FILE* file, const std::exception_ptr& exception) {
  for_each_left(
      exception,
      [](const left_function& function, void* to) {
        std::fprintf(static_cast<std::FILE*>(to), "    out of %s, since %s:%u\n",
                     function.name, function.file, function.line);
      },
      file);
}

} // namespace weft
