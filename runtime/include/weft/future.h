// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Promises and futures: a value that comes later, from any thread.

#ifndef WEFT_FUTURE_H
#define WEFT_FUTURE_H

#include <weft/any_wait.h>
#include <weft/awaiting.h>
#include <weft/drive.h>
#include <weft/external_wait.h>
#include <weft/memory.h>
#include <weft/scheduler.h>

#include <atomic>
#include <exception>
#include <functional>
#include <type_traits>
#include <utility>

#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#endif

namespace weft {

template <class T> class future;
template <class T> class promise;

namespace detail {

/// Who waits for a promise. Told once, on the thread that satisfies it.
struct future_listener {
  void (*satisfied)(future_listener& self) noexcept = nullptr;
};

/// What a promise and its future share, but for the value.
class future_state {
public:
  enum kind : std::uint8_t { pending, value, exception, broken };

  /// On the thread of the future.
  bool is_ready() const noexcept {
    return word.load(std::memory_order_acquire) == ready_word();
  }
  /// False: it is ready.
  bool listen(future_listener& listener) noexcept {
    std::uintptr_t expected = 0;
    return word.compare_exchange_strong(
        expected, reinterpret_cast<std::uintptr_t>(&listener),
        std::memory_order_acq_rel, std::memory_order_acquire);
  }
  /// False: it has been told, or is about to be.
  bool unlisten(future_listener& listener) noexcept {
    auto expected = reinterpret_cast<std::uintptr_t>(&listener);
    return word.compare_exchange_strong(expected, 0);
  }
  /// Publishes the outcome.
  void satisfy(kind how) noexcept {
    outcome = how;
    std::uintptr_t before;
    if (is_single_threaded()) {
      before = word.load(std::memory_order_relaxed);
      word.store(ready_word(), std::memory_order_relaxed);
    } else {
      before = word.exchange(ready_word(), std::memory_order_acq_rel);
    }
    if (before != 0) {
      auto& listener = *reinterpret_cast<future_listener*>(before);
      listener.satisfied(listener);
    }
  }

  /// Of the two that the future and the promise hold; whether it was the last.
  bool drop_reference() noexcept {
    if (references.load(std::memory_order_acquire) == 1)
      return true; // Nobody else knows of it.
    if (!is_single_threaded())
      return references.fetch_sub(1, std::memory_order_acq_rel) == 1;
    references.store(1, std::memory_order_relaxed);
    return false;
  }

  kind outcome = pending;
  bool has_future = false;
  std::exception_ptr raised;

private:
  static std::uintptr_t ready_word() noexcept { return 1; }
  /// Then nothing has to be atomic.
  static bool is_single_threaded() noexcept {
#if __has_include(<sys/single_threaded.h>)
    return __libc_single_threaded;
#else
    return false;
#endif
  }
  std::atomic<int> references{2};
  /// 0: pending; 1: ready; else the listener.
  std::atomic<std::uintptr_t> word{0};
};

template <class T> class future_block : public future_state {
public:
  static future_block* make() {
    return ::new (allocate(sizeof(future_block))) future_block;
  }
  void release() noexcept {
    if (!drop_reference())
      return;
    if (outcome == value)
      result.destroy();
    this->~future_block();
    deallocate(this, sizeof(future_block));
  }

  result_of<T> result;

private:
  future_block() = default;
};

/// Parks a fiber until a state is ready.
class future_wait : future_listener, external_wait {
public:
  explicit future_wait(future_state* of) noexcept : of(of) {}
  /// Of one that does not wait yet.
  future_wait(const future_wait& other) noexcept
      : future_listener(), external_wait(), of(other.of) {}

  bool await_ready() const {
    if (!WEFT_LIKELY(of != nullptr))
      fiber_misuse(fiber_errc::no_state);
    return of->is_ready();
  }
  bool weft_suspend(fiber& self);
  void await_resume() const noexcept {}

  // Of an `any_wait`.
  bool join(fiber& self) noexcept;
  bool leave() noexcept;
  const void* identity() const noexcept {
    return static_cast<const external_wait*>(this);
  }

protected:
  future_state* of;

private:
  static bool unlink(void* awaiter, fiber& waiter) noexcept;
  static const void* object(const void* awaiter) noexcept;
  static const wait_kind kind;
};

/// Throws what a state that is ready without a value says.
[[noreturn]] void throw_outcome(const std::exception_ptr& raised,
                                future_state::kind how);

template <class T> class future_awaiter : public future_wait {
public:
  explicit future_awaiter(future<T>& from) noexcept
      : future_wait(from.state), from(from) {}
  T await_resume() { return from.take(); }

private:
  future<T>& from;
};

} // namespace detail

/// The receiving end of a `promise<T>`, or none. One thread at a time; the
/// value may come from another.
template <class T> class future {
public:
  future() noexcept = default;
  future(future&& other) noexcept
      : state(std::exchange(other.state, nullptr)) {}
  future& operator=(future&& other) noexcept {
    future(std::move(other)).swap(*this);
    return *this;
  }
  ~future() {
    if (state != nullptr)
      state->release();
  }
  void swap(future& other) noexcept { std::swap(state, other.state); }

  /// Waits for the value and moves it out, or throws the exception; the future
  /// holds nothing then. `fiber_errc::broken_promise`: there will be none.
  suspends<detail::future_awaiter<T>> get()
      WEFT_AWAITER(detail::future_awaiter<T>(*this));
  /// Waits until `ready()`.
  suspends<detail::future_wait> wait()
      WEFT_AWAITER(detail::future_wait(state));
  /// The same until a time has come; whether it is ready. O(log n) in the number
  /// of timers.
  template <class Rep, class Period>
  suspends<detail::deadline_wait<detail::future_wait>>
  wait_for([[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(detail::deadline_wait<detail::future_wait>(
          detail::deadline_in(d), detail::future_wait(state)));
  template <class Clock, class Duration>
  suspends<detail::deadline_wait<detail::future_wait>>
  wait_until([[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(detail::deadline_wait<detail::future_wait>(
          detail::deadline_at(t), detail::future_wait(state)));

  bool valid() const noexcept { return state != nullptr; }
  /// Whether `get` would not wait.
  bool ready() const noexcept { return state != nullptr && state->is_ready(); }

  /// Calls `callback(future<T>)`, with this one, when it is ready: at once, or
  /// on the thread that satisfies the promise, from inside that call. An
  /// ordinary function; it must not throw unless somebody takes the future of
  /// its result, which this gives.
  template <class F> auto then(F&& callback);

  /// For `weft::await`.
  detail::future_awaiter<T> weft_await() noexcept {
    return detail::future_awaiter<T>(*this);
  }
  /// For `on_ready`.
  detail::future_wait weft_wait() const noexcept {
    return detail::future_wait(state);
  }

private:
  friend class promise<T>;
  friend class detail::future_awaiter<T>;
  explicit future(detail::future_block<T>* state) noexcept : state(state) {}

  T take() {
    future own(std::move(*this));
    detail::future_block<T>& of = *own.state;
    if (!WEFT_LIKELY(of.outcome == detail::future_state::value))
      detail::throw_outcome(of.raised, of.outcome);
    return of.result.take();
  }

  detail::future_block<T>* state = nullptr;
};

/// Where a value is put for a `future<T>`. One thread at a time.
template <class T> class promise {
public:
  promise() : state(detail::future_block<T>::make()) {}
  promise(promise&& other) noexcept
      : state(std::exchange(other.state, nullptr)) {}
  promise& operator=(promise&& other) noexcept {
    promise(std::move(other)).swap(*this);
    return *this;
  }
  /// Without a value: the future gets `fiber_errc::broken_promise`.
  ~promise() {
    if (state == nullptr)
      return;
    if (state->outcome == detail::future_state::pending)
      state->satisfy(detail::future_state::broken);
    if (!state->has_future)
      state->release();
    state->release();
  }
  void swap(promise& other) noexcept { std::swap(state, other.state); }

  /// Once: then `fiber_errc::no_state`.
  future<T> get_future() {
    if (state == nullptr || state->has_future)
      detail::fiber_misuse(fiber_errc::no_state);
    state->has_future = true;
    return future<T>(state);
  }
  /// Constructs the value from `arguments` (for a reference, it is one, for
  /// void there are none) and wakes who waits for it.
  template <class... A> void set_value(A&&... arguments) {
    check();
    if constexpr (!std::is_void_v<T>)
      state->result.target().construct(
          [&]() -> T { return T(std::forward<A>(arguments)...); });
    state->satisfy(detail::future_state::value);
  }
  void set_exception(std::exception_ptr exception) {
    check();
    state->raised = std::move(exception);
    state->satisfy(detail::future_state::exception);
  }

private:
  void check() const {
    if (state == nullptr)
      detail::fiber_misuse(fiber_errc::no_state);
    if (state->outcome != detail::future_state::pending)
      detail::fiber_misuse(fiber_errc::promise_satisfied);
  }

  detail::future_block<T>* state;
};

namespace detail {

/// Calls back, and frees itself.
template <class T, class U, class F>
class then_listener : public future_listener {
public:
  then_listener(future<T>&& of, F&& callback)
      : of(std::move(of)), callback(std::move(callback)) {
    satisfied = call;
  }
  then_listener(future<T>&& of, const F& callback)
      : of(std::move(of)), callback(callback) {
    satisfied = call;
  }
  future<U> result() { return to.get_future(); }

  static void call(future_listener& listener) noexcept {
    auto& self = static_cast<then_listener&>(listener);
#if WEFT_HAS_EXCEPTIONS
    try {
      self.run();
    } catch (...) {
      self.to.set_exception(std::current_exception());
    }
#else
    self.run();
#endif
    self.~then_listener();
    deallocate(&self, sizeof(then_listener));
  }

private:
  void run() {
    if constexpr (std::is_void_v<U>) {
      std::invoke(std::move(callback), std::move(of));
      to.set_value();
    } else {
      to.set_value(std::invoke(std::move(callback), std::move(of)));
    }
  }

  future<T> of;
  F callback;
  promise<U> to;
};

} // namespace detail

template <class T> template <class F> auto future<T>::then(F&& callback) {
  using U = std::invoke_result_t<std::decay_t<F>, future<T>>;
  using listener = detail::then_listener<T, U, std::decay_t<F>>;
  if (state == nullptr)
    detail::fiber_misuse(fiber_errc::no_state);
  detail::future_block<T>& of = *state;
  auto* made = ::new (detail::allocate(sizeof(listener)))
      listener(std::move(*this), std::forward<F>(callback));
  future<U> result = made->result();
  if (!of.listen(*made))
    listener::call(*made);
  return result;
}

} // namespace weft

#endif // WEFT_FUTURE_H
