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

/// A lambda `R(P...)` that suspends: `lambda{signature<R(P...)>(), closure}`,
/// where the closure's call is the entry. An aggregate, so that the closure is
/// not moved.
template <class Signature, class L> struct lambda;
template <class R, class... P, class L>
struct lambda<R(P...), L> : signature<R(P...)> {
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
