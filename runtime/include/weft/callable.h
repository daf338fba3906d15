// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fiber functions as objects: what the tool makes of a function's name where it
// is handed to `weft::spawn` or `weft::run`, and of a lambda that suspends.
//
// Such an object is called in two ways: like any function, which drives it to
// its end, and by `weft_begin`, which is how fibers call it.

#ifndef WEFT_CALLABLE_H
#define WEFT_CALLABLE_H

#include <weft/activation.h>
#include <weft/drive.h>
#include <weft/lowering.h>

#include <atomic>
#include <type_traits>
#include <utility>

namespace weft {

/// A fiber function, by its entry. Holds a pointer.
template <class Signature> class entry;
template <class R, class... P> class entry<R(P...)> {
public:
  using weft_signature = R(P...);

  entry(activation* (*begin)(into<R>, passed<P>...)) noexcept : begin(begin) {}

  activation* weft_begin(into<R> result, passed<P>... arguments) const {
    return begin(result, static_cast<passed<P>&&>(arguments)...);
  }
  R operator()(P... arguments) const {
    return drive<R>("a fiber function", [&](into<R> result) {
      return begin(result, static_cast<passed<P>&&>(arguments)...);
    });
  }

private:
  activation* (*begin)(into<R>, passed<P>...);
};

/// Tells `lambda` what the lambda was declared as.
template <class S> struct signature {};

template <class Signature, class L> struct lambda;

namespace detail {

template <class Signature, class L>
constexpr bool is_captureless = false;
template <class R, class... P, class L>
constexpr bool is_captureless<R(P...), L> =
    std::is_convertible_v<const L&, activation* (*)(into<R>, passed<P>...)>;

/// What gives `lambda` the conversion of its closure, if that has one: to a
/// function pointer, whose call drives the lambda.
template <class Signature, class L, bool = is_captureless<Signature, L>>
struct lambda_conversion : signature<Signature> {
  lambda_conversion(signature<Signature>) noexcept {}
};
template <class R, class... P, class L>
struct lambda_conversion<R(P...), L, true> : signature<R(P...)> {
  using function_pointer = R (*)(P...);

  lambda_conversion(signature<R(P...)>) noexcept {}

  operator function_pointer() const noexcept {
    // The same for all objects of the type.
    begin.store(static_cast<const lambda<R(P...), L>&>(*this).closure,
                std::memory_order_relaxed);
    return call;
  }

private:
  static R call(P... arguments) {
    return drive<R>("a lambda", [&](into<R> result) {
      return begin.load(std::memory_order_relaxed)(
          result, static_cast<passed<P>&&>(arguments)...);
    });
  }
  static inline std::atomic<activation* (*)(into<R>, passed<P>...)> begin{nullptr};
};

} // namespace detail

/// A lambda `R(P...)` that suspends: `lambda{signature<R(P...)>(), closure}`,
/// where the closure's call is the entry. An aggregate, so that the closure is
/// not moved.
template <class R, class... P, class L>
struct lambda<R(P...), L> : detail::lambda_conversion<R(P...), L> {
  using weft_signature = R(P...);

  L closure;

  activation* weft_begin(into<R> result, passed<P>... arguments) {
    return closure(result, static_cast<passed<P>&&>(arguments)...);
  }
  template <class C = const L>
  auto weft_begin(into<R> result, passed<P>... arguments) const
      -> decltype(std::declval<C&>()(result,
                                     static_cast<passed<P>&&>(arguments)...)) {
    return closure(result, static_cast<passed<P>&&>(arguments)...);
  }

  R operator()(P... arguments) {
    return drive<R>("a lambda", [&](into<R> result) {
      return closure(result, static_cast<passed<P>&&>(arguments)...);
    });
  }
  template <class C = const L>
  auto operator()(P... arguments) const
      -> std::enable_if_t<std::is_invocable_v<C&, into<R>, passed<P>...>, R> {
    return drive<R>("a lambda", [&](into<R> result) {
      return closure(result, static_cast<passed<P>&&>(arguments)...);
    });
  }
};
template <class S, class L> lambda(signature<S>, L) -> lambda<S, L>;

} // namespace weft

#endif // WEFT_CALLABLE_H
