// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a coroutine pauses.

#ifndef WEFT_YIELD_H
#define WEFT_YIELD_H

#include <weft/config.h>

#include <type_traits>

namespace weft {

/// Suspension points. Only the tool gives them a meaning, inside a function
/// annotated `[[weft::coroutine]]`. Where it reads them they have a body, since
/// their types may be local ones; a transformed program has none to link.
#ifdef WEFT_TRANSFORMED
#define WEFT_NO_BODY ;
#else
#define WEFT_NO_BODY                                                           \
  { __builtin_trap(); }
#endif

/// Pauses with `value`, which the coroutine's `value()` refers to. In a
/// coroutine that receives, `yield<S>(value)` also awaits a value of type `S`
/// and is that value.
template <class S = void, class V> S yield(V&&) WEFT_NO_BODY
/// Pauses without a value and awaits one of type `S`.
template <class S = void> S yield() WEFT_NO_BODY
/// Delegates to `inner`, which yields and receives the same types: its values,
/// what is sent and what is raised pass through. Is the inner result. Resuming
/// costs the same however deep the delegation goes.
///
/// An async generator delegates to another: the fiber waits for what the inner one
/// waits for. An inner one that has ended has no more values. Each value passes
/// through those in between.
template <class C>
typename std::remove_reference_t<C>::returns yield_from(C&&) WEFT_NO_BODY

#undef WEFT_NO_BODY

} // namespace weft

#endif // WEFT_YIELD_H
