// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `std::unique_lock`, `std::lock_guard`, `std::scoped_lock` and `std::shared_lock`
// for the mutexes of fibers.
//
// Those of the standard library would call `lock()` in code that is not
// transformed, and so drop the awaiter. Here a guard is made from a mutex that is
// locked, which the mutex converts to, and that is what waits:
//
//   std::unique_lock held(m);
//   held.unlock();
//   held.relock();
//
// `held.lock()` is deleted, which keeps the library's own functions, such as
// `std::lock`, from calling it.

#ifndef WEFT_GUARDS_H
#define WEFT_GUARDS_H

#include <weft/awaiting.h>
#include <weft/timed_wait.h>

#include <chrono>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace weft::detail {

/// A wait of a guard, which then says that it owns the lock.
template <class Wait> class guard_wait : public Wait {
public:
  template <class... A>
  explicit guard_wait(bool& owns, A&&... arguments)
      : Wait(std::forward<A>(arguments)...), owns(owns) {}
  auto await_resume() {
    if constexpr (std::is_void_v<decltype(Wait::await_resume())>) {
      Wait::await_resume();
      owns = true;
    } else {
      return owns = Wait::await_resume();
    }
  }

private:
  bool& owns;
};

/// A mutex that has been locked for the guard which is made of it at once.
template <class Access> class locked {
public:
  using mutex_type = typename Access::mutex_type;

private:
  template <class> friend class lock_for_guard;
  template <class> friend class movable_guard;
  template <class> friend class scope_guard;
  explicit locked(mutex_type& m) noexcept : of(m) {}

  mutex_type& of;
};

/// What a mutex converts to where a guard is made of it: the wait for it.
template <class Access>
class lock_for_guard : public line_wait<typename Access::waiting> {
public:
  explicit lock_for_guard(typename Access::mutex_type& m)
      : line_wait<typename Access::waiting>(m), of(m) {}
  locked<Access> await_resume() {
    line_wait<typename Access::waiting>::await_resume();
    return locked<Access>(of);
  }

private:
  typename Access::mutex_type& of;
};

/// `std::unique_lock`, or `std::shared_lock`: `Access` has the mutex's type, the
/// awaiter of its lock, and how it is tried and unlocked.
template <class Access> class movable_guard {
public:
  using mutex_type = typename Access::mutex_type;

  movable_guard() noexcept = default;
  /// Of a mutex, for which this waits.
  explicit movable_guard(locked<Access> m) noexcept : of(&m.of), owns(true) {}
  movable_guard(mutex_type& m, std::defer_lock_t) noexcept : of(&m) {}
  movable_guard(mutex_type& m, std::try_to_lock_t)
      : of(&m), owns(Access::try_lock(m)) {}
  movable_guard(mutex_type& m, std::adopt_lock_t) noexcept : of(&m), owns(true) {}
  movable_guard(movable_guard&& other) noexcept
      : of(std::exchange(other.of, nullptr)),
        owns(std::exchange(other.owns, false)) {}
  movable_guard& operator=(movable_guard&& other) noexcept {
    movable_guard(std::move(other)).swap(*this);
    return *this;
  }
  ~movable_guard() {
    if (owns)
      Access::unlock(*of);
  }

  /// The standard library calls this.
  void lock() = delete;
  /// Waits until it owns the lock. `fiber_errc::would_deadlock`: it does already;
  /// `fiber_errc::not_locked`: it has no mutex.
  suspends<guard_wait<line_wait<typename Access::waiting>>> relock()
      WEFT_AWAITER(guard_wait<line_wait<typename Access::waiting>>(owns, free()));
  /// The same until a time has come; whether it owns it.
  template <class Rep, class Period>
  suspends<guard_wait<timed_wait<typename Access::waiting>>>
  try_lock_for([[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(guard_wait<timed_wait<typename Access::waiting>>(
          owns, deadline_in(d), free()));
  template <class Clock, class Duration>
  suspends<guard_wait<timed_wait<typename Access::waiting>>>
  try_lock_until([[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(guard_wait<timed_wait<typename Access::waiting>>(
          owns, deadline_at(t), free()));
  bool try_lock() { return owns = Access::try_lock(free()); }
  void unlock() {
    if (!owns)
      fiber_misuse(fiber_errc::not_locked);
    owns = false;
    Access::unlock(*of);
  }

  void swap(movable_guard& other) noexcept {
    std::swap(of, other.of);
    std::swap(owns, other.owns);
  }
  mutex_type* release() noexcept {
    owns = false;
    return std::exchange(of, nullptr);
  }
  mutex_type* mutex() const noexcept { return of; }
  bool owns_lock() const noexcept { return owns; }
  explicit operator bool() const noexcept { return owns; }

private:
  /// The mutex, which it does not own.
  mutex_type& free() const {
    if (of == nullptr)
      fiber_misuse(fiber_errc::not_locked);
    if (owns)
      fiber_misuse(fiber_errc::would_deadlock);
    return *of;
  }

  mutex_type* of = nullptr;
  bool owns = false;
};

/// `std::lock_guard`, and `std::scoped_lock` of one mutex, which it holds alone.
template <class Access> class scope_guard {
public:
  using mutex_type = typename Access::mutex_type;

  /// Of a mutex, for which this waits.
  explicit scope_guard(locked<Access> m) noexcept : of(m.of) {}
  scope_guard(mutex_type& m, std::adopt_lock_t) noexcept : of(m) {}
  scope_guard(std::adopt_lock_t, mutex_type& m) noexcept : of(m) {}
  scope_guard(const scope_guard&) = delete;
  scope_guard& operator=(const scope_guard&) = delete;
  ~scope_guard() { Access::unlock(of); }

private:
  mutex_type& of;
};

/// A lock that one holds alone, by an awaiter `Waiting`.
template <class Mutex, class Waiting> struct alone {
  using mutex_type = Mutex;
  using waiting = Waiting;
  static bool try_lock(Mutex& m) noexcept { return m.try_lock(); }
  static void unlock(Mutex& m) { m.unlock(); }
};
/// One that is shared.
template <class Mutex, class Waiting> struct together {
  using mutex_type = Mutex;
  using waiting = Waiting;
  static bool try_lock(Mutex& m) noexcept { return m.try_lock_shared(); }
  static void unlock(Mutex& m) { m.unlock_shared(); }
};

} // namespace weft::detail

#endif // WEFT_GUARDS_H
