// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The handle of a spawned fiber.

#ifndef WEFT_TASK_H
#define WEFT_TASK_H

#include <weft/any_wait.h>
#include <weft/await.h>
#include <weft/awaiting.h>
#include <weft/drive.h>
#include <weft/scheduler.h>
#include <weft/this_fiber.h>

#include <exception>
#include <utility>

namespace weft {

template <class R> class task;

namespace detail {

/// The block of a fiber whose result is `R`.
template <class R> struct task_block : fiber, result_of<R> {
  using fiber::fiber;
};

/// Behind those that wait already: they are few.
inline void add_listener(fiber& of, end_listener& listener) noexcept {
  listener.next = nullptr;
  end_listener** last = &of.listeners;
  while (*last != nullptr)
    last = &(*last)->next;
  *last = &listener;
}
/// Throws what ended a fiber.
[[noreturn]] void throw_ended(const fiber& f);

/// Waits until a fiber has ended.
class end_awaiter : end_listener {
public:
  explicit end_awaiter(fiber* of) noexcept : of(of) {}

  bool await_ready() const {
    if (!WEFT_LIKELY(of != nullptr))
      fiber_misuse(fiber_errc::no_task);
    return of->flags & fiber::ended;
  }
  void weft_suspend(fiber& self) noexcept {
    join(self);
    self.park(kind, this);
  }
  void await_resume() const noexcept {}

  // Of an `any_wait`.
  void join(fiber& self) noexcept {
    waiter = &self;
    ended = [](end_listener& at) noexcept {
      auto& self = static_cast<end_awaiter&>(at);
      meet(*self.waiter, &self);
    };
    add_listener(*of, *this);
  }
  void leave() noexcept;
  const void* identity() const noexcept { return this; }

protected:
  fiber* of;

private:
  static bool unlink(void* awaiter, fiber& waiter) noexcept;
  static const void* object(const void* awaiter) noexcept;
  static const wait_kind kind;
  fiber* waiter = nullptr;
};

/// Takes the result of a fiber that has ended, and frees its block.
template <class R> R take_result(task_block<R>* of) {
  struct disposed {
    fiber* of;
    ~disposed() { ready.home->dispose(*of); }
  };
  struct freed {
    task_block<R>* of;
    ~freed() {
      of->destroy();
      ready.home->free_block(*of);
    }
  };
  if (!WEFT_LIKELY(!(of->flags & fiber::raised))) {
    disposed guard{of};
    of->flags |= fiber::asked;
    throw_ended(*of);
  }
  freed guard{of};
  return of->take();
}

/// Waits until a fiber has ended, and takes the result, which leaves the task
/// empty.
template <class R> class result_awaiter : public end_awaiter {
public:
  explicit result_awaiter(task<R>& from) noexcept
      : end_awaiter(from.of), from(from) {}
  R await_resume() { return take_result(std::exchange(from.of, nullptr)); }

private:
  task<R>& from;
};

#if WEFT_HAS_COROUTINES
template <class R> class coroutine_awaiter : end_listener, injected {
public:
  explicit coroutine_awaiter(task<R>& from) noexcept : from(from) {}
  bool await_ready() const {
    if (!from)
      fiber_misuse(fiber_errc::no_task);
    return from.done();
  }
  void await_suspend(std::coroutine_handle<> coroutine) noexcept {
    waiter = coroutine;
    ended = [](end_listener& at) noexcept {
      // Between fibers, not from inside one that ends.
      ready.home->inject(static_cast<coroutine_awaiter&>(at));
    };
    run = [](injected& at) noexcept {
      static_cast<coroutine_awaiter&>(at).waiter.resume();
    };
    add_listener(*from.of, *this);
  }
  R await_resume() { return take_result(std::exchange(from.of, nullptr)); }

private:
  task<R>& from;
  std::coroutine_handle<> waiter;
};
#endif

} // namespace detail

/// Owns a spawned fiber that yields an `R`, or none. A task belongs to the
/// thread that spawned it, as the fiber does.
///
/// Destroying or assigning to a task whose fiber has not ended cancels the
/// fiber and lets it end on its own, as if by `cancel()` and `detach()`. An
/// exception that ended a fiber and that nobody can ask for any more goes to
/// the handler of `set_unhandled_handler`.
template <class R> class task {
public:
  task() noexcept = default;
  /// For `spawn`.
  explicit task(detail::task_block<R>& block) noexcept : of(&block) {}
  task(task&& other) noexcept : of(std::exchange(other.of, nullptr)) {}
  task& operator=(task&& other) noexcept {
    task(std::move(other)).swap(*this);
    return *this;
  }
  ~task() {
    if (of != nullptr) {
      cancel();
      detach();
    }
  }
  void swap(task& other) noexcept { std::swap(of, other.of); }

  /// Waits until the fiber has ended and gives its result, moved, or throws the
  /// exception that ended it; for one that was cancelled `fiber_error` with
  /// `fiber_errc::task_cancelled`. The task is empty then. When the wait is
  /// cancelled, the task stays as it is.
  suspends<detail::result_awaiter<R>> get()
      WEFT_AWAITER(detail::result_awaiter<R>(*this));

  /// For `weft::await`: as `get`.
  detail::result_awaiter<R> weft_await() noexcept {
    return detail::result_awaiter<R>(*this);
  }
  /// For `on_end`.
  detail::end_awaiter weft_end() const noexcept { return detail::end_awaiter(of); }
#if WEFT_HAS_COROUTINES
  /// The same in a C++20 coroutine, which is resumed by the scheduler of this
  /// thread, between fibers, when the fiber has ended.
  detail::coroutine_awaiter<R> operator co_await() noexcept {
    return detail::coroutine_awaiter<R>(*this);
  }
#endif

  /// Waits until the fiber has ended, in whatever way.
  suspends<detail::end_awaiter> join() WEFT_AWAITER(detail::end_awaiter(of));
  /// The same until a time has come; whether it has ended. O(log n) in the number
  /// of timers.
  template <class Rep, class Period>
  suspends<detail::deadline_wait<detail::end_awaiter>>
  join_for([[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(detail::deadline_wait<detail::end_awaiter>(
          detail::deadline_in(d), detail::end_awaiter(of)));
  template <class Clock, class Duration>
  suspends<detail::deadline_wait<detail::end_awaiter>>
  join_until([[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(detail::deadline_wait<detail::end_awaiter>(
          detail::deadline_at(t), detail::end_awaiter(of)));

  /// Makes the fiber's wait throw `weft::cancelled`; if it has not begun, it
  /// never does; if what it waits for has come already, its next wait does.
  /// Without exceptions its frames are ended from the innermost outwards. Does
  /// not wait for any of this. Nothing happens to one that has ended.
  void cancel() noexcept {
    if (of != nullptr && detail::ready.home != nullptr)
      detail::ready.home->cancel(*of);
  }
  /// Whether the fiber has ended. An empty task has.
  bool done() const noexcept {
    return of == nullptr || of->flags & fiber::ended;
  }
  /// Lets the fiber run on its own; the task is empty then.
  void detach() noexcept {
    fiber* f = std::exchange(of, nullptr);
    // Past the end of the thread's scheduler the fiber is gone.
    if (f != nullptr && detail::ready.home != nullptr)
      detail::ready.home->detach(*f);
  }
  /// Whether it holds a fiber.
  explicit operator bool() const noexcept { return of != nullptr; }
  fiber_id id() const noexcept {
    return of != nullptr ? fiber_id(of->id) : fiber_id();
  }

private:
  friend class detail::result_awaiter<R>;
#if WEFT_HAS_COROUTINES
  friend class detail::coroutine_awaiter<R>;
#endif
  detail::task_block<R>* of = nullptr;
};

} // namespace weft

#endif // WEFT_TASK_H
