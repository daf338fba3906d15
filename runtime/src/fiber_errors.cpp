// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Errors of fibers as text, and the handlers for what nobody catches.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/exception_trace.h>
#include <weft/scheduler.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

#if defined(__linux__)
#include <sys/stat.h>
#endif
#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#endif

namespace weft {

const char* message(fiber_errc code) noexcept {
  switch (code) {
  case fiber_errc::cannot_suspend:
    return "a function that was called as an ordinary one cannot wait";
  case fiber_errc::task_cancelled:
    return "the task was cancelled";
  case fiber_errc::no_task:
    return "the task object holds no task";
  case fiber_errc::no_result:
    return "the result has been taken";
  case fiber_errc::broken_promise:
    return "the promise was destroyed without a value";
  case fiber_errc::promise_satisfied:
    return "the promise has a value already";
  case fiber_errc::no_state:
    return "the promise or future object holds no state";
  case fiber_errc::would_deadlock:
    return "the fiber holds the mutex already";
  case fiber_errc::not_locked:
    return "the mutex is not locked";
  case fiber_errc::no_fiber:
    return "no fiber is running";
  }
  return "unknown fiber error";
}

fiber_error::fiber_error(fiber_errc code, const char* text) noexcept
    : code_(code) {
  std::strncpy(details, text, sizeof(details) - 1);
}

void detail::print_fiber(std::FILE* file, const fiber_info& f) {
  std::fprintf(file, "  fiber %u waits for %s", static_cast<unsigned>(f.id),
               f.waits_on);
  if (f.object != nullptr)
    std::fprintf(file, " %p", f.object);
  if (f.function != nullptr)
    std::fprintf(file, "; it runs '%s'\n", f.function);
  else if (f.spawned.file != nullptr)
    std::fprintf(file, "; spawned at %s:%u\n", f.spawned.file, f.spawned.line);
  else
    std::fputs("; spawned at an unknown place\n", file);
}

void print_fibers(std::FILE* file) {
  for_each_fiber(
      [](const fiber_info& f, void* to) {
        detail::print_fiber(static_cast<std::FILE*>(to), f);
      },
      file);
}

namespace {

std::atomic<deadlock_handler> installed_deadlock{nullptr};
std::atomic<unhandled_handler> installed_unhandled{nullptr};

} // namespace

deadlock_handler set_deadlock_handler(deadlock_handler handler) noexcept {
  return installed_deadlock.exchange(handler);
}

unhandled_handler set_unhandled_handler(unhandled_handler handler) noexcept {
  return installed_unhandled.exchange(handler);
}

namespace detail {

void report_deadlock() noexcept {
  std::fflush(stdout);
  if (deadlock_handler handler = installed_deadlock.load()) {
    handler();
  } else {
    std::fputs("weft: deadlock: every fiber of the thread waits, and nothing "
               "can end a wait\n",
               stderr);
    print_fibers(stderr);
    print_replay();
  }
  std::fflush(nullptr);
  std::_Exit(deadlock_exit_status);
}

void report_unhandled(const fiber_info& f,
                      std::exception_ptr exception) noexcept {
  if (unhandled_handler handler = installed_unhandled.load())
    return handler(f, std::move(exception));
  std::fprintf(stderr, "weft: fiber %u", static_cast<unsigned>(f.id));
  if (f.spawned.file != nullptr)
    std::fprintf(stderr, ", spawned at %s:%u,", f.spawned.file, f.spawned.line);
  std::fputs(" ended by an exception that nobody asked for", stderr);
#if WEFT_HAS_EXCEPTIONS
  try {
    std::rethrow_exception(exception);
  } catch (const std::exception& e) {
    std::fprintf(stderr, ": %s", e.what());
  } catch (...) {
  }
#endif
  std::fputc('\n', stderr);
  print_exception_trace(stderr, exception);
  print_replay();
}

void throw_from_library(fiber_errc code, const char* details) {
#if WEFT_HAS_EXCEPTIONS
  if (here.running == nullptr || !(here.running->flags & fiber::bare))
    throw fiber_error(code, details);
#else
  (void)code;
#endif
  abort_with(details);
}

void abort_with(const char* message) noexcept {
  std::fprintf(stderr, "weft: %s\n", message);
  std::abort();
}

bool other_threads() noexcept {
#if __has_include(<sys/single_threaded.h>)
  if (__libc_single_threaded)
    return false;
#endif
#if defined(__linux__)
  // Two links of its own, and one for each thread.
  struct stat tasks;
  if (stat("/proc/self/task", &tasks) == 0)
    return tasks.st_nlink != 3 + helper_threads.load();
#endif
  return true;
}

void default_poller::wait(time_point deadline) {
  std::unique_lock<std::mutex> lock(mutex);
  auto is_woken = [this] { return woken; };
  if (deadline == time_point::max())
    woken_up.wait(lock, is_woken);
  else
    woken_up.wait_until(lock, deadline, is_woken);
  woken = false;
}

void default_poller::wake() noexcept {
  // Notified under the lock: behind it this object may be gone.
  std::lock_guard<std::mutex> lock(mutex);
  woken = true;
  woken_up.notify_one();
}

} // namespace detail
} // namespace weft
