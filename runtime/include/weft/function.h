// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function object whose call may suspend the fiber that makes it.

#ifndef WEFT_FUNCTION_H
#define WEFT_FUNCTION_H

#include <weft/callable.h>
#include <weft/spawn.h>

#include <memory>
#include <type_traits>
#include <utility>

namespace weft {

/// Holds a fiber function, a lambda that suspends, or anything else that can be
/// called; calling it is a call of a fiber function:
///
///   [[weft::fiber]] void twice(weft::function<void()> body) { body(); body(); }
///
/// `std::function` and function pointers hold only the driving entry. Copies
/// share what they hold. Calling an empty one ends the process.
template <class Signature> class function;

template <class R, class... P> class function<R(P...)> {
  struct callee {
    virtual ~callee() = default;
    virtual activation* begin(into<R> result, passed<P>... arguments) = 0;
  };
  template <class F> struct holder final : callee {
    template <class G> explicit holder(G&& f) : f(std::forward<G>(f)) {}
    activation* begin(into<R> result, passed<P>... arguments) override {
      if constexpr (detail::is_suspendable<F>) {
        return f.weft_begin(result, static_cast<passed<P>&&>(arguments)...);
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
