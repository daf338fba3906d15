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
#include <weft/lowering.h>

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

/// Whether it is a lambda with `auto` parameters that suspends.
template <class F, class = void> inline constexpr bool is_generic = false;
template <class F>
inline constexpr bool is_generic<F, std::void_t<typename std::decay_t<F>::weft_generic>> =
    true;

} // namespace detail

/// What a lambda with `auto` parameters was declared as: its result, and how it
/// takes each parameter: `auto`, `auto&` or `const auto&`, `auto&&`, or a `P`.
struct by_value {};
struct by_reference {};
struct by_forwarding {};
template <class P> struct by_type {};
template <class R, class... How> struct generic {};

namespace detail {
/// Whether a `P`, a reference, refers to what an argument `A` denotes; else it
/// refers to an object that is made from it.
template <class P, class A>
inline constexpr bool refers_to =
    std::is_convertible_v<std::remove_reference_t<A>*, std::remove_reference_t<P>*>;

/// A parameter where the Itanium ABI has it: with the caller. A temporary of its
/// type, which the caller holds, is the parameter.
template <class P, class A>
using parameter_from = std::conditional_t<
    std::is_reference_v<P>,
    std::conditional_t<refers_to<P, A>, P, std::remove_cv_t<std::remove_reference_t<P>>>,
    std::conditional_t<std::is_same_v<std::remove_cv_t<P>, A>, A&, P>>;

/// Initialises that as a call does: implicitly.
template <class P, class A> parameter_from<P, A> parameter(A&& argument) {
  if constexpr (!std::is_reference_v<P> && std::is_reference_v<parameter_from<P, A>>)
    return argument;
  else
    return static_cast<A&&>(argument);
}

template <class How, class A> struct generic_parameter {
  // A temporary, which the caller holds, is the parameter.
  std::conditional_t<std::is_reference_v<A>, std::decay_t<A>, A&&> value;
  std::decay_t<A>& get() noexcept { return value; }
};
template <class A> struct generic_parameter<by_reference, A> {
  A&& value;
  A&& get() noexcept { return static_cast<A&&>(value); }
};
template <class A>
struct generic_parameter<by_forwarding, A> : generic_parameter<by_reference, A> {};
template <class P, class A> struct generic_parameter<by_type<P>, A> {
  parameter_from<P, A> value;
  explicit generic_parameter(A&& argument)
      : value(parameter<P, A>(static_cast<A&&>(argument))) {}
  // An object is there for the entry to refer to.
  std::conditional_t<std::is_reference_v<P>, P, P&> get() noexcept {
    return static_cast<std::conditional_t<std::is_reference_v<P>, P, P&>>(value);
  }
};
} // namespace detail

/// Where the callee constructs what the caller holds.
template <class R> into<R> into_held([[maybe_unused]] held_result<R>& held) noexcept {
  if constexpr (std::is_void_v<R>)
    return {};
  else
    return held;
}

namespace detail {
template <std::size_t I, class P, class A> struct held_parameter {
  parameter_from<P, A> value;
  explicit held_parameter(A&& argument)
      : value(parameter<P, A>(static_cast<A&&>(argument))) {}
};
template <class Indices, class Signature, class... A> struct held_parameters;
template <std::size_t... I, class R, class... P, class... A>
struct held_parameters<std::index_sequence<I...>, R(P...), A...>
    : held_parameter<I, P, A>... {
  explicit held_parameters(A&&... arguments)
      : held_parameter<I, P, A>(std::forward<A>(arguments))... {}

  template <class F> activation* begin(F& callee, into<R> result) {
    return callee.weft_begin(
        result, static_cast<passed<P>>(held_parameter<I, P, A>::value)...);
  }
};

template <std::size_t I, class How, class A>
struct held_generic : generic_parameter<How, A> {
  explicit held_generic(A&& argument)
      : generic_parameter<How, A>{std::forward<A>(argument)} {}
};
template <std::size_t... I, class R, class... How, class... A>
struct held_parameters<std::index_sequence<I...>, generic<R, How...>, A...>
    : held_generic<I, How, A>... {
  explicit held_parameters(A&&... arguments)
      : held_generic<I, How, A>(std::forward<A>(arguments))... {}

  template <class F> activation* begin(F& callee, into<R> result) {
    return callee.weft_begin(result, held_generic<I, How, A>::get()...);
  }
};

/// How an `F` is called.
struct at_once {};
struct by_signature {};
template <class F>
using way_to_call = std::conditional_t<is_suspendable<F>, by_signature, at_once>;

template <class F, class How, class... A> class object_call {
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
template <class F, class... A> class object_call<F, by_signature, A...> {
public:
  using result = decltype(std::declval<F&>()(std::declval<A>()...));

  explicit object_call(F& callee, A&&... arguments)
      : callee(callee), parameters(std::forward<A>(arguments)...) {}
  activation* begin(into<result> place) { return parameters.begin(callee, place); }

private:
  F& callee;
  held_parameters<std::index_sequence_for<A...>, typename F::weft_signature, A...>
      parameters;
};
template <class F, class R, class... How, class... A>
class object_call<F, generic<R, How...>, A...> {
public:
  using result = R;

  explicit object_call(F& callee, A&&... arguments)
      : callee(callee), parameters(std::forward<A>(arguments)...) {}
  activation* begin(into<R> place) { return parameters.begin(callee, place); }

private:
  F& callee;
  held_parameters<std::index_sequence_for<A...>, generic<R, How...>, A...> parameters;
};
template <class F, class = void> struct call_of {
  using type = way_to_call<F>;
};
template <class F> struct call_of<F, std::void_t<typename F::weft_generic>> {
  using type = typename F::weft_generic;
};
} // namespace detail

/// The call `callee(arguments...)`, which suspends when the callee can. Holds the
/// callee's parameters, and refers to the arguments; neither are moved.
template <class F, class... A>
class object_call
    : public detail::object_call<F, typename detail::call_of<std::remove_const_t<F>>::type,
                                 A...> {
  using detail::object_call<F, typename detail::call_of<std::remove_const_t<F>>::type,
                            A...>::object_call;
};

} // namespace weft

#endif // WEFT_OBJECT_CALL_H
