// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Small helpers that generated code is written in.

#ifndef WEFT_LOWERING_H
#define WEFT_LOWERING_H

#include <weft/config.h>

#include <array>
#include <cstddef>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace weft {

/// The address of an object, also of one that an xvalue denotes.
template <class T>
std::remove_reference_t<T>* address_of(T&& object) noexcept {
  return std::addressof(object);
}

namespace detail {
// Only argument-dependent lookup is to find these ([stmt.ranged]/1).
namespace by_argument {
void begin() = delete;
void end() = delete;
template <class R> auto begin_of(R& range) -> decltype(begin(range)) {
  return begin(range);
}
template <class R> auto end_of(R& range) -> decltype(end(range)) {
  return end(range);
}
} // namespace by_argument

template <class R, class = void> inline constexpr bool has_member_range = false;
template <class R>
inline constexpr bool has_member_range<
    R, std::void_t<decltype(std::declval<R&>().begin()),
                   decltype(std::declval<R&>().end())>> = true;
} // namespace detail
using detail::by_argument::begin_of;
using detail::by_argument::end_of;

/// What a range-for takes for begin and end ([stmt.ranged]/1), where the type
/// of the range depends on template parameters.
template <class R> auto range_begin(R& range) {
  if constexpr (std::is_array_v<R>)
    return range + 0;
  else if constexpr (detail::has_member_range<R>)
    return range.begin();
  else
    return begin_of(range);
}
template <class R> auto range_end(R& range) {
  if constexpr (std::is_array_v<R>)
    return range + std::extent_v<R>;
  else if constexpr (detail::has_member_range<R>)
    return range.end();
  else
    return end_of(range);
}

namespace detail {
/// Whether an `R` binds to what an operand of type `E`, `decltype((operand))`,
/// denotes, without a temporary in between.
template <class R, class E>
inline constexpr bool binds_directly =
    std::is_reference_v<E> &&
    std::is_convertible_v<std::remove_reference_t<E>*, std::remove_reference_t<R>*>;

template <class R, class E>
inline constexpr bool same_object =
    std::is_same_v<std::remove_cv_t<std::remove_reference_t<R>>,
                   std::remove_cv_t<std::remove_reference_t<E>>>;

struct no_result {};
} // namespace detail

/// What is kept of an operand of type `E`, `decltype((operand))`, whose value is taken
/// before a pause ([conv.lval]): the value, which may be another one behind it. Of what
/// is no scalar, nothing is taken.
template <class E>
using operand_read =
    std::conditional_t<std::is_scalar_v<std::remove_reference_t<E>>,
                       std::remove_cv_t<std::remove_reference_t<E>>, E>;

/// What a frame holds of a value of type `R`, of a call or of a `?:`: an object, the
/// address of one, or nothing.
template <class R>
using held_result = std::conditional_t<
    std::is_void_v<R>, detail::no_result,
    std::conditional_t<std::is_reference_v<R>, std::add_pointer_t<R>,
                       std::remove_cv_t<R>>>;

/// Stands for the types in a branch of `if constexpr` where that is discarded.
struct discarded {};

/// What `make` returns, held.
template <class R, class Make> held_result<R> held_from(Make&& make) {
  if constexpr (std::is_reference_v<R>) {
    auto&& object = make();
    return std::addressof(object);
  } else {
    return make();
  }
}

/// The value itself. An object is there until the end of the
/// full-expression.
template <class R> decltype(auto) take_result_as(held_result<R>& held) noexcept {
  if constexpr (std::is_reference_v<R>)
    return static_cast<R>(*held);
  else if constexpr (!std::is_void_v<R>)
    return static_cast<R&&>(held);
}

/// What `->` finds behind \p object ([over.ref]).
template <class T> auto arrow(T&& object) {
  if constexpr (std::is_pointer_v<std::decay_t<T>>)
    return object;
  else
    return weft::arrow(std::forward<T>(object).operator->());
}

/// A reference that a template declares, `R name = operand;`: refers to what
/// the operand denotes, or is the temporary whose life it extends
/// ([dcl.init.ref]/5). `E` is `decltype((operand))`.
template <class R, class E> class bound {
public:
  using declared = R;
  using type = std::conditional_t<detail::binds_directly<R, E>, R,
                                  std::remove_reference_t<R>>;
  static constexpr bool is_reference = std::is_reference_v<type>;
  // A conversion function may lead to an object that lives elsewhere.
  static_assert(!std::is_reference_v<R> || detail::binds_directly<R, E> || detail::same_object<R, E> ||
                    !std::is_class_v<std::remove_reference_t<E>>,
                "weft: a reference that lives across a pause is initialised "
                "from an object of another class; declare it `auto`, or declare "
                "an object");

  /// Initialised from what `make` returns, without a copy.
  template <class Make>
  explicit bound(Make&& make) : value(std::forward<Make>(make)()) {}
  bound(const bound&) = delete;
  bound& operator=(const bound&) = delete;

  std::remove_reference_t<R>& operator*() noexcept { return value; }
  std::remove_reference_t<R>* operator->() noexcept {
    return std::addressof(value);
  }

private:
  type value;
};

namespace detail {
template <std::size_t I, class First, class... Rest>
auto& nth(First& first, Rest&... rest) {
  if constexpr (I == 0)
    return first;
  else
    return nth<I - 1>(rest...);
}
template <class T, class = void> inline constexpr bool is_tuple_like = false;
template <class T>
inline constexpr bool
    is_tuple_like<T, std::void_t<decltype(std::tuple_size<T>::value)>> = true;
template <class T> inline constexpr bool is_standard_tuple = false;
template <class... E> inline constexpr bool is_standard_tuple<std::tuple<E...>> = true;
template <class A, class B>
inline constexpr bool is_standard_tuple<std::pair<A, B>> = true;
template <class T, std::size_t N>
inline constexpr bool is_standard_tuple<std::array<T, N>> = true;
} // namespace detail

/// What the `I`th of the `N` names of a structured binding in a template
/// denotes ([dcl.struct.bind]).
template <std::size_t I, std::size_t N, class T> auto& binding(T& object) {
  using bare = std::remove_cv_t<T>;
  static_assert(N <= 6, "weft: a structured binding in a template that lives "
                        "across a pause has at most six names");
  static_assert(!detail::is_tuple_like<bare> || detail::is_standard_tuple<bare>,
                "weft: a structured binding in a template that lives across a "
                "pause cannot call a get of your own");
  if constexpr (detail::is_tuple_like<bare>) {
    return std::get<I>(object);
  } else if constexpr (N == 1) {
    auto& [a] = object;
    return detail::nth<I>(a);
  } else if constexpr (N == 2) {
    auto& [a, b] = object;
    return detail::nth<I>(a, b);
  } else if constexpr (N == 3) {
    auto& [a, b, c] = object;
    return detail::nth<I>(a, b, c);
  } else if constexpr (N == 4) {
    auto& [a, b, c, d] = object;
    return detail::nth<I>(a, b, c, d);
  } else if constexpr (N == 5) {
    auto& [a, b, c, d, e] = object;
    return detail::nth<I>(a, b, c, d, e);
  } else {
    auto& [a, b, c, d, e, f] = object;
    return detail::nth<I>(a, b, c, d, e, f);
  }
}

/// What a yield in a template keeps across the pause: a reference where the
/// operand denotes an object of the yielded type `Y`, else an object of it.
template <class Y, class E>
using yielded =
    bound<std::conditional_t<!std::is_reference_v<Y> && std::is_reference_v<E> &&
                                 detail::same_object<Y, E>,
                             E, Y>,
          E>;

/// The value of a `yield_from` in a template: the inner result, moved.
template <class C>
typename std::remove_reference_t<C>::returns take_result(C& inner) {
  if constexpr (!std::is_void_v<typename std::remove_reference_t<C>::returns>)
    return static_cast<typename std::remove_reference_t<C>::returns&&>(
        inner.result());
}

} // namespace weft

#endif // WEFT_LOWERING_H
