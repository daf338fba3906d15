// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Small helpers that generated code is written in.

#ifndef WEFT_LOWERING_H
#define WEFT_LOWERING_H

#include <weft/config.h>

#include <memory>
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
} // namespace detail
using detail::by_argument::begin_of;
using detail::by_argument::end_of;

/// What a yield in a template keeps across the pause: a reference where the
/// operand denotes an object of the yielded type `Y`, else an object of it.
/// `E` is `decltype((operand))`.
template <class Y, class E>
using held_type = std::conditional_t<
    std::is_reference_v<E> &&
        std::is_same_v<std::remove_reference_t<E>, std::remove_reference_t<Y>>,
    E, std::remove_reference_t<Y>>;
template <class Y, class E> struct held {
  held_type<Y, E> value;
};

/// The same for the coroutine that a `yield_from` in a template delegates to.
template <class E> struct held_inner {
  E value;
  static constexpr bool borrowed = std::is_reference_v<E>;
};

/// The value of a `yield_from` in a template: the inner result, moved.
template <class C>
typename std::remove_reference_t<C>::returns take_result(C& inner) {
  if constexpr (!std::is_void_v<typename std::remove_reference_t<C>::returns>)
    return static_cast<typename std::remove_reference_t<C>::returns&&>(
        inner.result());
}

} // namespace weft

#endif // WEFT_LOWERING_H
