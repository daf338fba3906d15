// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls in templates, where only the instantiation tells what is called, and
// what it returns:
//
//   template <class F> [[weft::fiber]] void twice(F f) { f(1); f(2); }
//
// `f` may be a lambda that suspends, or anything else that can be called.

#ifndef WEFT_OBJECT_CALL_H
#define WEFT_OBJECT_CALL_H

#include <weft/activation.h>

#include <cstddef>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace weft {

namespace detail {
/// Whether an `F` is called by `weft_begin`, too: a class that the tool makes of
/// a fiber function or a lambda.
template <class F, class = void> inline constexpr bool is_suspendable = false;
template <class F>
inline constexpr bool
    is_suspendable<F, std::void_t<typename std::decay_t<F>::weft_signature>> = true;

struct no_result {};
} // namespace detail

/// What the frame of a caller holds while it waits for a result of type `R`:
/// an object, the address of one, or nothing.
template <class R>
using held_result = std::conditional_t<
    std::is_void_v<R>, detail::no_result,
    std::conditional_t<std::is_reference_v<R>, std::add_pointer_t<R>,
                       std::remove_cv_t<R>>>;

/// Where the callee constructs it.
template <class R> into<R> into_held(held_result<R>& held) noexcept {
  return into<R>(static_cast<void*>(std::addressof(held)));
}

/// The result as the call's value. An object is there until the end of the
/// full-expression.
template <class R> decltype(auto) take_result_as(held_result<R>& held) noexcept {
  if constexpr (std::is_reference_v<R>)
    return static_cast<R>(*held);
  else if constexpr (!std::is_void_v<R>)
    return static_cast<R&&>(held);
}

namespace detail {
/// A parameter where the Itanium ABI has it: with the caller.
template <std::size_t I, class P> struct held_parameter {
  P value;
  template <class A>
  explicit held_parameter(A&& argument) : value(std::forward<A>(argument)) {}
};
template <class Indices, class... P> struct held_parameters;
template <std::size_t... I, class... P>
struct held_parameters<std::index_sequence<I...>, P...> : held_parameter<I, P>... {
  template <class... A>
  explicit held_parameters(A&&... arguments)
      : held_parameter<I, P>(std::forward<A>(arguments))... {}

  template <class F, class R> activation* begin(F& callee, into<R> result) {
    return callee.weft_begin(
        result, static_cast<passed<P>>(held_parameter<I, P>::value)...);
  }
};
template <class Signature> struct held_parameters_of;
template <class R, class... P> struct held_parameters_of<R(P...)> {
  using type = held_parameters<std::index_sequence_for<P...>, P...>;
};

template <class F, bool Suspends, class... A> class object_call {
public:
  using result = decltype(std::declval<F&>()(std::declval<A>()...));

  explicit object_call(F& callee, A&&... arguments)
      : callee(callee), arguments(std::forward<A>(arguments)...) {}
  activation* begin(into<result> place) {
    std::apply(
        [&](A&&... each) {
          if constexpr (std::is_void_v<result>)
            callee(std::forward<A>(each)...);
          else
            place.construct(
                [&]() -> result { return callee(std::forward<A>(each)...); });
        },
        std::move(arguments));
    return nullptr; // It has ended.
  }

private:
  F& callee;
  std::tuple<A&&...> arguments;
};
template <class F, class... A> class object_call<F, true, A...> {
public:
  using result = decltype(std::declval<F&>()(std::declval<A>()...));

  explicit object_call(F& callee, A&&... arguments)
      : callee(callee), parameters(std::forward<A>(arguments)...) {}
  activation* begin(into<result> place) { return parameters.begin(callee, place); }

private:
  F& callee;
  typename held_parameters_of<typename F::weft_signature>::type parameters;
};
} // namespace detail

/// The call `callee(arguments...)`, which suspends when the callee can. Holds the
/// callee's parameters, and refers to the arguments; neither are moved.
template <class F, class... A>
class object_call : public detail::object_call<F, detail::is_suspendable<F>, A...> {
  using detail::object_call<F, detail::is_suspendable<F>, A...>::object_call;
};

} // namespace weft

#endif // WEFT_OBJECT_CALL_H
