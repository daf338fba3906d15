// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Coroutines: functions that pause themselves and hand a value to whoever
// resumes them, who may send a value back.
//
//   [[weft::coroutine]] weft::generator<long> fibonacci() {
//     for (long a = 0, b = 1;;) {
//       weft::yield(a);
//       long next = a + b;
//       a = b;
//       b = next;
//     }
//   }

#ifndef WEFT_COROUTINE_H
#define WEFT_COROUTINE_H

#include <weft/lowering.h>
#include <weft/operations.h>
#include <weft/storage.h>
#include <weft/yield.h>

#if __cplusplus >= 202002L && __has_include(<ranges>)
#include <ranges>
#endif

namespace weft {

/// A coroutine that yields `Y`, receives `S` and returns `R`, in the order of
/// Python's Generator[Y, S, R]; each may be void. Owns the frame, which
/// `Storage` keeps: `heap_frame` (one allocation of exactly its size, or from
/// the allocator that follows a leading `std::allocator_arg_t` parameter) or
/// `inline_frame<N>` (inside this object, which then cannot be moved).
///
/// Calling a coroutine function only creates it; it starts at the first
/// `next()`. Destroying it destroys what is alive at its pause. A
/// default-constructed or moved-from one has ended.
template <class Y, class S = void, class R = void, class Storage = heap_frame>
class coroutine
    : public detail::operations<coroutine<Y, S, R, Storage>, Y, S, R> {
public:
  using typename detail::operations<coroutine, Y, S, R>::frame_type;
  using storage_type = Storage;

  coroutine() noexcept = default;

#ifndef WEFT_TRANSFORMED // for the tool, and for editors
  // What `return v;` and `return {a, b};` mean inside a coroutine; the tool
  // rewrites them.
  template <class T = R, class = std::enable_if_t<!std::is_void_v<T>>>
  coroutine(detail::type_identity_t<T> result);
  template <class V, class T = R,
            class = std::enable_if_t<detail::is_result_of<T, V>>>
  coroutine(V&& result);
  template <class A, class B, class... C, class T = R,
            class = std::enable_if_t<!std::is_void_v<T>>>
  coroutine(A&&, B&&, C&&...); // whether they fit shows in the output
#endif

  /// Constructs the frame `F`; called by generated code.
  template <class F, class... A>
  coroutine(in_frame<F> how, A&&... arguments)
      : storage(how, std::forward<A>(arguments)...) {}

  coroutine(coroutine&&) noexcept = default;
  coroutine& operator=(coroutine&&) noexcept = default;

  // For generated code and the operations.
  static constexpr bool weft_may_delegate = true;
  frame_type* weft_get() const noexcept {
    return static_cast<frame_type*>(storage.get());
  }
  weft_frame& weft_as_inner() noexcept { return *weft_get(); }
  bool weft_step() { return detail::resume(*weft_get()); }
  void weft_drop() { storage.reset(); }

private:
  typename Storage::template holder<frame_type> storage;
};

/// A coroutine that only yields, as a range: works in range-for and, from
/// C++20, as a view.
template <class Y, class Storage = heap_frame>
class generator : public coroutine<Y, void, void, Storage>
#if defined(__cpp_lib_ranges)
    ,
                  public std::ranges::view_base
#endif
{
public:
  using coroutine<Y, void, void, Storage>::coroutine;
  using iterator = detail::value_iterator<generator>;

  /// Resumes to the first, or the next, value.
  iterator begin() {
    if (!this->done())
      this->next();
    return iterator(*this);
  }
  detail::end_of_values end() const noexcept { return {}; }
};

/// Calls of its operations are direct.
template <class F>
class in_place<F, weft_frame>
    : public detail::operations<in_place<F>, typename F::weft_yields,
                                typename F::weft_receives,
                                typename F::weft_returns> {
public:
  using iterator = detail::value_iterator<in_place>;
  /// For the coroutine function beside the one that returns this.
  using held_frame = F;

  template <class... A,
            class = std::enable_if_t<!detail::leads_with_allocator<A...>>>
  explicit in_place(in_frame<F>, A&&... arguments)
      : frame(std::forward<A>(arguments)...) {
    if constexpr (F::weft_can_delegate)
      frame.weft_resume = detail::resume_entry<F>;
  }
  template <class Alloc, class... A>
  explicit in_place(in_frame<F> how, std::allocator_arg_t, Alloc&&,
                    A&&... arguments)
      : in_place(how, std::forward<A>(arguments)...) {}
  in_place(const in_place&) = delete;
  in_place& operator=(const in_place&) = delete;
  ~in_place() {
    detail::prepare_end(frame);
    frame.weft_unwind(0);
  }

  iterator begin() {
    if (!this->done())
      this->next();
    return iterator(*this);
  }
  detail::end_of_values end() const noexcept { return {}; }

  static constexpr bool weft_may_delegate = F::weft_can_delegate;
  F* weft_get() noexcept { return &frame; }
  const F* weft_get() const noexcept { return &frame; }
  /// The frame as one that works for another.
  weft_frame& weft_as_inner() noexcept {
    frame.weft_resume = detail::resume_entry<F>;
    frame.weft_destroy = detail::end_frame<F>;
    return frame;
  }
  bool weft_step() {
    return detail::resume(frame, detail::static_frame<F>());
  }
  void weft_drop() noexcept {
    detail::prepare_end(frame);
    // Ended first, for destructors that look at it.
    frame.weft_finish();
    frame.weft_unwind(0);
  }

private:
  F frame;
};

} // namespace weft

#endif // WEFT_COROUTINE_H
