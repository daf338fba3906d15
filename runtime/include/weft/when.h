// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Several functions at the same time: until all have ended, or until one has.

#ifndef WEFT_WHEN_H
#define WEFT_WHEN_H

#include <weft/group.h>

#include <cstddef>
#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace weft {

namespace detail {

template <std::size_t I, class R> class numbered_child : public kept_child<R> {
public:
  template <class F>
  numbered_child(group& in, F&& f)
      : kept_child<R>(in.add(prepare<child>(source_place(), std::forward<F>(f)))) {}
};

/// A group of a fixed number of children, whose results are `R...`.
template <class Indices, class... R> class fixed_group;
template <std::size_t... I, class... R>
class fixed_group<std::index_sequence<I...>, R...> : public group,
                                                     numbered_child<I, R>... {
protected:
  template <class... F>
  explicit fixed_group(deciding decides, F&&... f)
      : group(decides), numbered_child<I, R>(*this, std::forward<F>(f))... {}

  template <std::size_t N, class T> kept_child<T>& nth() noexcept {
    return static_cast<numbered_child<N, T>&>(*this);
  }
};

/// A result as an object: of void a `std::monostate`.
template <class R> auto take_value(kept_child<R>& of) {
  if constexpr (std::is_void_v<R>)
    return of.take(), std::monostate();
  else if constexpr (std::is_reference_v<R>)
    return std::reference_wrapper<std::remove_reference_t<R>>(of.take());
  else
    return of.take();
}
template <class R>
using value_of = decltype(take_value(std::declval<kept_child<R>&>()));

template <class... R>
class all_awaiter : public fixed_group<std::index_sequence_for<R...>, R...> {
  using base = fixed_group<std::index_sequence_for<R...>, R...>;

public:
  template <class... F>
  explicit all_awaiter(std::in_place_t, F&&... f)
      : base(has_failed, std::forward<F>(f)...) {}

  std::tuple<value_of<R>...> await_resume() {
    if (this->decided != nullptr) {
      this->decided->body->flags |= fiber::asked;
      throw_ended(*this->decided->body);
    }
    return take(std::index_sequence_for<R...>());
  }

private:
  template <std::size_t... I>
  std::tuple<value_of<R>...> take(std::index_sequence<I...>) {
    return std::tuple<value_of<R>...>(take_value(this->template nth<I, R>())...);
  }
};

inline bool always_decides(const fiber&) noexcept { return true; }

template <class... R>
class any_awaiter : public fixed_group<std::index_sequence_for<R...>, R...> {
  using base = fixed_group<std::index_sequence_for<R...>, R...>;
  using result = std::variant<value_of<R>...>;

public:
  template <class... F>
  explicit any_awaiter(std::in_place_t, F&&... f)
      : base(always_decides, std::forward<F>(f)...) {}

  result await_resume() { return take<0, R...>(); }

private:
  template <std::size_t I, class First, class... Rest> result take() {
    kept_child<First>& each = this->template nth<I, First>();
    if constexpr (sizeof...(Rest) != 0)
      if (!each.is(this->decided))
        return take<I + 1, Rest...>();
    return result(std::in_place_index<I>, take_value(each));
  }
};

} // namespace detail

/// Runs each of `f()...` in a fiber of its own until all have ended, and gives a
/// `std::tuple` of their results, moved: for void a `std::monostate`, for a
/// reference a `std::reference_wrapper`. They start in this order.
///
/// The first that fails makes the others be cancelled; when all have ended, its
/// exception is thrown. Those of others that fail later go to the handler of
/// `set_unhandled_handler`. When the fiber that waits is cancelled, all are, and
/// when they have ended the wait throws `weft::cancelled`. No allocation but the
/// fibers' blocks.
template <class... F>
suspends<detail::all_awaiter<detail::call_result_t<F>...>>
when_all([[weft::suspendable]] F&&... f)
    WEFT_AWAITER(detail::all_awaiter<detail::call_result_t<F>...>(
        std::in_place, std::forward<F>(f)...));

/// Runs each of `f()...` in a fiber of its own until the first has ended, cancels
/// the others, waits for their ends, and gives the result of the first: a
/// `std::variant` whose `index()` says which it was, with types as for
/// `when_all`. If the first has failed, throws its exception. What the others
/// return is dropped; those that fail nevertheless, and a cancellation: as for
/// `when_all`.
template <class... F>
suspends<detail::any_awaiter<detail::call_result_t<F>...>>
when_any([[weft::suspendable]] F&&... f)
    WEFT_AWAITER(detail::any_awaiter<detail::call_result_t<F>...>(
        std::in_place, std::forward<F>(f)...));

} // namespace weft

#endif // WEFT_WHEN_H
