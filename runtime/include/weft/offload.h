// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Work that would block the thread, on a helper thread.

#ifndef WEFT_OFFLOAD_H
#define WEFT_OFFLOAD_H

#include <weft/awaiting.h>
#include <weft/drive.h>
#include <weft/external_wait.h>

#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

namespace weft {

namespace detail {

/// A piece of work, and the fiber that waits for it.
class job : external_wait {
public:
  virtual ~job() { expect_helper(false); }
  virtual void run() noexcept = 0;

  bool await_ready() const noexcept { return false; }
  void weft_suspend(fiber& self);
  /// From the helper, at the end; behind it this object may be gone.
  void finish() noexcept { wake(); }

  // In the queue.
  job* next = nullptr;
  job* previous = nullptr;
  bool queued = false;

private:
  static bool unlink(void* awaiter, fiber& waiter) noexcept;
  static bool met(void* awaiter, const void* by) noexcept;
  static const wait_kind kind;
  /// Whether a helper is to end the wait: only then may one bring about what fibers
  /// wait for, and counts as one of the program's threads. On the fiber's thread, so
  /// that none is taken for idle before its answer is there.
  void expect_helper(bool now) noexcept;

  fiber* self = nullptr;
  bool is_expected = false;
};

template <class R> class job_of : public job {
public:
  ~job_of() override {
    if (has_result)
      result.destroy();
  }
  R take() {
#if WEFT_HAS_EXCEPTIONS
    if (raised != nullptr)
      std::rethrow_exception(raised);
#endif
    return result.take();
  }

protected:
  template <class F> void call(F& f) {
    if constexpr (std::is_void_v<R>)
      f();
    else
      result.target().construct([&]() -> R { return f(); });
    has_result = true;
  }

  result_of<R> result;
  std::exception_ptr raised;
  bool has_result = false;
};

template <class R, class F> class work final : public job_of<R> {
public:
  template <class G> explicit work(G&& f) : f(std::forward<G>(f)) {}
  void run() noexcept override {
#if WEFT_HAS_EXCEPTIONS
    try {
      this->call(f);
    } catch (...) {
      this->raised = std::current_exception();
    }
#else
    this->call(f);
#endif
  }

private:
  F f;
};

template <class R> class offload_awaiter {
public:
  template <class F>
  offload_awaiter(std::in_place_t, F&& f)
      : of(std::make_unique<work<R, std::decay_t<F>>>(std::forward<F>(f))) {}

  bool await_ready() const noexcept { return false; }
  void weft_suspend(fiber& self) { of->weft_suspend(self); }
  R await_resume() { return of->take(); }

private:
  std::unique_ptr<job_of<R>> of;
};

} // namespace detail

/// Calls `f()`, an ordinary function, on a helper thread, and waits for its
/// result, which is moved once, or its exception; meanwhile the thread's other
/// fibers run. For what blocks: files, name lookups, long computations.
///
/// The process has a bounded number of helpers, see `set_offload_threads`, made as
/// they are needed and joined at its end; what is more waits its turn, first come,
/// first served. When the fiber is cancelled and `f` has not begun, it never
/// does; else the wait ends when `f` has, so that what `f` refers to lives as
/// long, and throws `weft::cancelled`; as the end of the thread waits for it. `f`
/// is copied or moved into memory of its own and destroyed on the fiber's thread.
/// Must not be called at the end of the process, from destructors of static
/// objects. A child of fork() has helpers of its own; what had been handed to the
/// parent's ends in the parent alone.
template <class F>
suspends<detail::offload_awaiter<std::invoke_result_t<std::decay_t<F>&>>>
offload([[maybe_unused]] F&& f)
    WEFT_AWAITER(detail::offload_awaiter<std::invoke_result_t<std::decay_t<F>&>>(
        std::in_place, std::forward<F>(f)));

/// The most helpers there are to be, at least 1; returns the number before, by
/// default that of the processors, but at least 4. Those there are stay.
/// Thread-safe.
unsigned set_offload_threads(unsigned most) noexcept;

} // namespace weft

#endif // WEFT_OFFLOAD_H
