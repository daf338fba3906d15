// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How a fiber function waits: the one declaration that the tool and the
// compiler read differently, and the protocol of awaiters.
//
// An awaiter of Weft has
//
//   bool await_ready();                 // whether there is nothing to wait for
//   void or bool weft_suspend(fiber&);  // parks the fiber; false: go on at
//   once T await_resume();                   // the result of the wait
//
// `weft_suspend` calls `fiber::park`, and publishes the fiber to whoever is to
// call `fiber::wake`, on the fiber's thread. The awaiter stays where it is
// until `await_resume`, or, when the wait is cancelled, until
// `wait_kind::unlink` has returned true. Awaiters of the C++20 protocol go
// through `weft::await`.
//
// An awaiter may also stand for a call: in place of the first two it has
//
//   activation* weft_begin();           // runs the callee, as an entry does
//
// Then it is for the callee to look at what is special about the fiber.

#ifndef WEFT_AWAITING_H
#define WEFT_AWAITING_H

#include <weft/activation.h>
#include <weft/fiber_control.h>

#include <utility>

namespace weft {

/// The return type of a suspending primitive whose awaiter is `A`: the awaiter
/// itself in what is compiled, the result of the wait in what the tool reads.
#ifdef WEFT_TRANSFORMED
template <class A> using suspends = A;
/// The body of such a primitive.
#define WEFT_AWAITER(...)                                                      \
  { return __VA_ARGS__; }
#else
template <class A> using suspends = decltype(std::declval<A&>().await_resume());
#define WEFT_AWAITER(...)                                                      \
  { __builtin_trap(); }
#endif

namespace detail {

/// The wait of a fiber that runs a driven function, or is cancelled. Says
/// whether it pauses.
/// `skipped`: a driven function goes on without the wait.
bool wait_specially(fiber& self, activation& frame, std::uint16_t state,
                    bool skipped);

template <class A, class = void> constexpr bool is_skipped_when_driven = false;
template <class A>
constexpr bool is_skipped_when_driven<
    A, std::void_t<decltype(A::weft_skipped_when_driven)>> =
    A::weft_skipped_when_driven;

template <class A, class = void> constexpr bool is_call = false;
template <class A>
constexpr bool
    is_call<A, std::void_t<decltype(std::declval<A&>().weft_begin())>> = true;

} // namespace detail

// Inlined, so that a primitive that is ready, or that only queues the fiber,
// costs no call.
template <class A>
[[gnu::always_inline]] inline bool
weft_activation::weft_wait(std::uint16_t state, A& awaiter) {
  if constexpr (detail::is_call<A>) {
    return weft_call(state, awaiter.weft_begin());
  } else {
    fiber& self = *detail::here.running;
    if (!WEFT_LIKELY(!(self.flags & (fiber::driven | fiber::cancel_pending)))) {
      // A fiber that is to end does not look at what may have gone.
      if (self.flags & fiber::driven && awaiter.await_ready())
        return false;
      return detail::wait_specially(self, *this, state,
                                    detail::is_skipped_when_driven<A>);
    }
    if (awaiter.await_ready())
      return false;
    weft_state = state;
    self.leaf = this;
    if constexpr (std::is_void_v<decltype(awaiter.weft_suspend(self))>) {
      awaiter.weft_suspend(self);
      return true;
    } else {
      return awaiter.weft_suspend(self);
    }
  }
}

} // namespace weft

#endif // WEFT_AWAITING_H
