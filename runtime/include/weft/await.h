// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `weft::await`: waiting for anything that follows the C++20 awaiter protocol,
// in C++17 too.
//
// A foreign awaiter resumes a handle. It gets one whose address is a bridge
// that begins as a C++20 coroutine frame does on the Itanium and Microsoft
// ABIs, with a function to resume; calling that makes the fiber ready, from any
// thread.

#ifndef WEFT_AWAIT_H
#define WEFT_AWAIT_H

#include <weft/awaiting.h>
#include <weft/external_wait.h>
#include <weft/scheduler.h>

#include <type_traits>
#include <utility>

#if defined(__cpp_impl_coroutine) && __has_include(<coroutine>)
#include <coroutine>
#define WEFT_HAS_COROUTINES 1
#else
#define WEFT_HAS_COROUTINES 0
#endif

namespace weft {

#if WEFT_HAS_COROUTINES
/// What `await_suspend` of a foreign awaiter is given.
using handle = std::coroutine_handle<>;
#else
/// What `await_suspend` of a foreign awaiter is given: where the compiler has
/// coroutines, `std::coroutine_handle<>`. Refers, and owns nothing.
class handle {
public:
  handle() noexcept = default;
  static handle from_address(void* at) noexcept {
    handle result;
    result.at = at;
    return result;
  }
  void* address() const noexcept { return at; }
  explicit operator bool() const noexcept { return at != nullptr; }
  /// Ends the wait; once, from any thread.
  void resume() const { (*static_cast<void (**)(void*)>(at))(at); }
  void operator()() const { resume(); }

private:
  void* at = nullptr;
};
#endif

namespace detail {

/// Looks like a paused coroutine.
class wake_bridge : external_wait {
public:
  wake_bridge() noexcept { words = {resume, destroy, this}; }

  /// Parks; the handle may be resumed from then on.
  handle park(fiber& self);
  /// The wait is off: the handle was not, and will not be, resumed.
  using external_wait::unpark;
  bool is_address(void* at) const noexcept { return at == &words; }

private:
  static void resume(void* frame) noexcept;
  static void destroy(void* frame) noexcept;
  static const wait_kind kind;

  struct {
    void (*resume)(void*);
    void (*destroy)(void*);
    wake_bridge* self;
  } words;
};

/// Makes the loop resume the coroutine at `frame` when the running fiber has
/// paused.
void hand_over_to(void* frame) noexcept;

/// Waits for an awaiter of the C++20 protocol; `A` is its type, or a reference.
template <class A> class foreign_awaiter {
public:
  template <class Make>
  explicit foreign_awaiter(std::in_place_t, Make&& make)
      : awaiter(std::forward<Make>(make)()) {}

  bool await_ready() { return static_cast<bool>(awaiter.await_ready()); }
  bool weft_suspend(fiber& self) {
    using how = decltype(awaiter.await_suspend(handle()));
    parked guard{bridge};
    handle own = bridge.park(self);
    if constexpr (std::is_void_v<how>) {
      awaiter.await_suspend(own);
    } else if constexpr (std::is_same_v<how, bool>) {
      if (!awaiter.await_suspend(own))
        return false;
    } else {
      auto next = awaiter.await_suspend(own);
      if (bridge.is_address(next.address()))
        return false;
      hand_over_to(next.address());
    }
    guard.stays = true;
    return true;
  }
  decltype(auto) await_resume() { return awaiter.await_resume(); }

private:
  struct parked {
    wake_bridge& bridge;
    bool stays = false;
    ~parked() {
      if (!stays)
        bridge.unpark();
    }
  };

  A awaiter;
  wake_bridge bridge;
};

/// Refers to an awaiter of Weft's protocol.
template <class A> class referring_awaiter {
public:
  template <class Make>
  explicit referring_awaiter(std::in_place_t, Make&& make)
      : awaiter(std::forward<Make>(make)()) {}
  bool await_ready() { return awaiter.await_ready(); }
  auto weft_suspend(fiber& self) { return awaiter.weft_suspend(self); }
  decltype(auto) await_resume() { return awaiter.await_resume(); }

private:
  A awaiter;
};

template <class A, class = void> constexpr bool has_weft_await = false;
template <class A>
constexpr bool
    has_weft_await<A, std::void_t<decltype(std::declval<A>().weft_await())>> =
        true;
template <class A, class = void> constexpr bool has_weft_suspend = false;
template <class A>
constexpr bool
    has_weft_suspend<A, std::void_t<decltype(std::declval<A&>().weft_suspend(
                            std::declval<fiber&>()))>> = true;
#if WEFT_HAS_COROUTINES
template <class A, class = void> constexpr bool has_member_co_await = false;
template <class A>
constexpr bool has_member_co_await<
    A, std::void_t<decltype(std::declval<A>().operator co_await())>> = true;
template <class A, class = void> constexpr bool has_free_co_await = false;
template <class A>
constexpr bool has_free_co_await<
    A, std::void_t<decltype(operator co_await(std::declval<A>()))>> = true;

template <class A> decltype(auto) apply_co_await(A&& awaitable) {
  if constexpr (has_member_co_await<A>)
    return std::forward<A>(awaitable).operator co_await();
  else
    return operator co_await(std::forward<A>(awaitable));
}

/// An awaitable, which may be a reference, and its awaiter, which may refer to
/// it. Named after the awaitable: its awaiter's class may have no name here.
template <class A> class held_awaitable {
public:
  explicit held_awaitable(A&& given)
      : awaitable(std::forward<A>(given)),
        inner(std::in_place, [this]() -> decltype(auto) {
          return apply_co_await(std::forward<A>(awaitable));
        }) {}
  bool await_ready() { return inner.await_ready(); }
  bool weft_suspend(fiber& self) { return inner.weft_suspend(self); }
  decltype(auto) await_resume() { return inner.await_resume(); }

private:
  A awaitable;
  foreign_awaiter<decltype(apply_co_await(std::declval<A>()))> inner;
};
#endif

/// What waits for an `A`, which may be a reference.
template <class A> auto make_awaiter(A&& awaitable) {
  using object = std::remove_reference_t<A>;
  constexpr bool is_lvalue = std::is_lvalue_reference_v<A>;
  // An lvalue is referred to; a temporary moves into the awaiter.
  auto self = [&]() -> A&& { return std::forward<A>(awaitable); };
  if constexpr (has_weft_await<A>) {
    return awaitable.weft_await();
  } else if constexpr (has_weft_suspend<object>) {
    if constexpr (is_lvalue)
      return referring_awaiter<object&>(std::in_place, self);
    else
      return referring_awaiter<object>(std::in_place, self);
  } else {
#if WEFT_HAS_COROUTINES
    if constexpr (has_member_co_await<A> || has_free_co_await<A>) {
      return held_awaitable<A>(std::forward<A>(awaitable));
    } else
#endif
        if constexpr (is_lvalue)
      return foreign_awaiter<object&>(std::in_place, self);
    else
      return foreign_awaiter<object>(std::in_place, self);
  }
}

template <class A> using awaiter_of = decltype(make_awaiter(std::declval<A>()));

template <class A, class = void> constexpr bool has_await_ready = false;
template <class A>
constexpr bool has_await_ready<
    A, std::void_t<decltype(std::declval<A&>().await_ready())>> = true;
/// Whether `await` knows what to do with an `A`.
template <class A>
constexpr bool is_awaitable =
    has_weft_await<A> || has_weft_suspend<A> || has_await_ready<A>
#if WEFT_HAS_COROUTINES
    || has_member_co_await<A> || has_free_co_await<A>
#endif
    ;

} // namespace detail

/// Waits for `awaitable`, by its member or free `operator co_await` where the
/// compiler has coroutines, else by `await_ready`, `await_suspend(handle)`,
/// which returns void, bool or another handle to resume, and `await_resume`,
/// whose value it is. An lvalue is referred to, a temporary moved from. The
/// handle may be resumed from any thread; the fiber goes on on its own.
///
/// Cancelling the fiber does not end the wait, which foreign awaitables do not
/// provide for; the next one throws.
template <class A, class = std::enable_if_t<detail::is_awaitable<A&&>>>
suspends<detail::awaiter_of<A&&>> await([[maybe_unused]] A&& awaitable)
    WEFT_AWAITER(detail::make_awaiter(std::forward<A>(awaitable)))

#ifndef WEFT_TRANSFORMED // for the tool, and for editors
/// Around a call of a fiber function: shows that it suspends, and is its value.
template <class T, class = std::enable_if_t<!detail::is_awaitable<T&&>>,
          class = void>
T await(T&& value) {
  static_cast<void>(value);
  __builtin_trap();
}
#endif

} // namespace weft

#endif // WEFT_AWAIT_H
