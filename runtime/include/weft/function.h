// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function object whose call may suspend the fiber that makes it.

#ifndef WEFT_FUNCTION_H
#define WEFT_FUNCTION_H

#include <weft/callable.h>
#include <weft/spawn.h>

#include <cstdint>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace weft {

namespace detail {

/// Whether the entry of an `F` takes and gives just what a `Signature` does.
template <class F, class Signature, class = void>
inline constexpr bool is_called_as = false;
template <class F, class Signature>
inline constexpr bool
    is_called_as<F, Signature, std::void_t<typename F::weft_signature>> =
        std::is_same_v<typename F::weft_signature, Signature>;

/// Calls an `F` that suspends, with other parameters or another result than
/// `R(P...)`, and converts these as a call does.
template <class R, class F, class... P>
struct weft_converting_frame final : weft_fiber_frame<R> {
  using weft_callee = weft::object_call<F, P...>;
  using weft_from = typename weft_callee::result;

  F& weft_called;
  std::tuple<passed<P>...> weft_arguments;
  slot<weft_callee> weft_callee_slot;
  slot<held_result<weft_from>> weft_from_slot;
  std::uint8_t weft_alive = 0; // 1: the call, 2: its result, too

  explicit weft_converting_frame(into<R> result, F& called, passed<P>... arguments)
      : weft_fiber_frame<R>(result), weft_called(called),
        weft_arguments(static_cast<passed<P>&&>(arguments)...) {}

  void weft_unwind(unsigned level) {
    if (weft_alive > level && weft_alive == 2)
      weft_alive = 1, weft_from_slot.destroy();
    if (weft_alive > level)
      weft_alive = 0, weft_callee_slot.destroy();
  }
  outcome weft_run() {
    activation_end weft_end(*this);
    if (this->weft_enter() == 0) {
      std::apply(
          [&](auto&... each) {
            ::new (weft_callee_slot.storage())
                weft_callee(weft_called, static_cast<P&&>(each)...);
          },
          weft_arguments);
      weft_alive = 1;
      if (this->weft_call(1, weft_callee_slot.value.begin(
                                 into_held<weft_from>(weft_from_slot.value))))
        return weft_end.paused();
    }
    this->weft_resumed();
    weft_alive = 2;
    if constexpr (!std::is_void_v<R>)
      this->weft_return([&]() -> R {
        return take_result_as<weft_from>(weft_from_slot.value);
      });
    weft_unwind(0);
    return weft_end.done();
  }
};

} // namespace detail

/// Holds a fiber function, a lambda that suspends, or anything else that can be
/// called; calling it is a call of a fiber function:
///
///   [[weft::fiber]] void twice(weft::function<void()> body) { body(); body(); }
///
/// `std::function` and function pointers hold only the driving entry. Copies
/// share what they hold. Arguments and the result are converted as in a call; what
/// the conversion makes lives as long as the call. Calling an empty one ends the
/// process.
template <class Signature> class function;

template <class R, class... P> class function<R(P...)> {
  struct callee {
    virtual ~callee() = default;
    virtual activation* begin(into<R> result, passed<P>... arguments) = 0;
  };
  template <class F> struct holder final : callee {
    template <class G> explicit holder(G&& f) : f(std::forward<G>(f)) {}
    activation* begin(into<R> result, passed<P>... arguments) override {
      if constexpr (detail::is_called_as<F, R(P...)>) {
        return f.weft_begin(result, static_cast<passed<P>&&>(arguments)...);
      } else if constexpr (detail::is_suspendable<F> || detail::is_generic<F>) {
        return weft::begin<detail::weft_converting_frame<R, F, P...>>(
            result, f, static_cast<passed<P>&&>(arguments)...);
      } else {
        if constexpr (std::is_void_v<R>)
          f(static_cast<P&&>(arguments)...);
        else
          result.construct(
              [&]() -> R { return f(static_cast<P&&>(arguments)...); });
        return nullptr;
      }
    }
    F f;
  };

public:
  using weft_signature = R(P...);

  function() noexcept = default;
  template <class F, class = std::enable_if_t<
                         !std::is_same_v<std::decay_t<F>, function> &&
                         std::is_invocable_r_v<R, std::decay_t<F>&, P...>>>
  function([[weft::suspendable]] F&& f)
      : held(std::make_shared<holder<std::decay_t<F>>>(std::forward<F>(f))) {}

  explicit operator bool() const noexcept { return held != nullptr; }

#ifdef WEFT_TRANSFORMED
  /// From where no fiber runs: drives the callee to its end.
  R operator()(P... arguments) const {
    return drive<R>("weft::function", [&](into<R> result) {
      return held->begin(result, static_cast<passed<P>&&>(arguments)...);
    });
  }
#else
  [[weft::fiber]] R operator()(P... arguments) const;
#endif
  activation* weft_begin(into<R> result, passed<P>... arguments) const {
    return held->begin(result, static_cast<passed<P>&&>(arguments)...);
  }

private:
  std::shared_ptr<callee> held;
};

} // namespace weft

#endif // WEFT_FUNCTION_H
