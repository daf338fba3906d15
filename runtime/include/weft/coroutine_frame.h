// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The typed part of a coroutine's frame: what it yields, receives and returns,
// and the handful of operations that generated bodies are written in.

#ifndef WEFT_COROUTINE_FRAME_H
#define WEFT_COROUTINE_FRAME_H

#include <weft/errors.h>
#include <weft/frame.h>
#include <weft/slot.h>

#include <memory>
#include <type_traits>
#include <utility>

namespace weft {

/// Names the generated frame `F` to the constructor of a coroutine object.
template <class F> struct in_frame {};

/// A coroutine whose frame is this object: what the tool makes of a local
/// variable or a range-for operand that is neither moved nor handed on. Same
/// operations as the coroutine it stands for.
template <class F, class Root = typename F::weft_root> class in_place;

namespace detail {

/// Where the values of a generator end.
struct end_of_values {};

template <class T> struct type_identity { using type = T; };
template <class T> using type_identity_t = typename type_identity<T>::type;

#ifndef WEFT_TRANSFORMED // for the tool, and for editors
/// Whether `return` with a `V` makes a result of type `T` that needs a
/// conversion of its own. Braced lists do not come here.
template <class T, class V>
inline constexpr bool is_result_of =
    !std::is_void_v<T> && std::is_convertible_v<V, T> &&
    !std::is_same_v<T, std::remove_cv_t<std::remove_reference_t<V>>>;
#endif

/// Small trivial values are kept by value, so that a yield exposes no address
/// of the frame and an inlined coroutine can live in registers.
template <class T>
inline constexpr bool kept_by_value =
    std::is_object_v<T> && std::is_trivially_copyable_v<T> &&
    std::is_trivially_default_constructible_v<T> &&
    std::is_copy_constructible_v<T> &&
    std::is_copy_assignable_v<std::remove_const_t<T>> &&
    !std::is_volatile_v<T> && !std::is_array_v<T> &&
    sizeof(std::conditional_t<std::is_object_v<T>, T, char>) <=
        2 * sizeof(void*);

/// Runs the innermost frame of `root`, which delegates, until the chain pauses
/// or `root` ends; says whether it paused.
bool resume_chain(weft_frame& root);
/// The same for one that has just handed over.
bool begin_chain(weft_frame& root);
/// Tells the owner of the chain that `inner`, being attached, has one itself.
void attach_chain(weft_frame& inner) noexcept;
/// Takes the idle `inner` as the frame that works for `outer`. The chain's
/// owner is not known here; it sees that outer's link has changed, and puts
/// back what was there.
inline void attach(weft_frame& outer, weft_frame& inner, bool borrowed) noexcept {
  inner.weft_marks = borrowed
                         ? weft_frame::weft_delegated | weft_frame::weft_borrowed
                         : weft_frame::weft_delegated;
  if (!WEFT_LIKELY(inner.weft_link == nullptr))
    attach_chain(inner);
  inner.weft_link = &outer;
  outer.weft_link = &inner;
}
#if WEFT_HAS_EXCEPTIONS
/// Leaves `exception` for the next pause that finds `weft_raised` set.
void set_raised(std::exception_ptr exception) noexcept;
[[noreturn]] void throw_raised(weft_frame& frame);
#endif
} // namespace detail

/// What is yielded: a value, or the address of the object at the yield.
template <class Y, class Root = weft_frame, bool ByValue = detail::kept_by_value<Y>>
struct weft_yielding : Root {
  using Root::Root;
  using weft_object = std::remove_reference_t<Y>;

  weft_object* weft_value;

  void weft_yield(std::uint16_t state, weft_object& value) noexcept {
    weft_value = std::addressof(value);
    this->weft_pause(state);
  }
  template <class T = weft_object,
            class = std::enable_if_t<!std::is_lvalue_reference_v<Y> &&
                                     std::is_same_v<T, weft_object>>>
  void weft_yield(std::uint16_t state, T&& value) noexcept {
    weft_value = std::addressof(value);
    this->weft_pause(state);
  }
  weft_object& weft_yielded() noexcept { return *weft_value; }
};

template <class Y, class Root> struct weft_yielding<Y, Root, true> : Root {
  using Root::Root;

  std::remove_const_t<Y> weft_value;

  void weft_yield(std::uint16_t state, Y value) noexcept {
    weft_value = value;
    this->weft_pause(state);
  }
  Y& weft_yielded() noexcept { return weft_value; }
};

template <class Root> struct weft_yielding<void, Root, false> : Root {
  using Root::Root;

  void weft_yield(std::uint16_t state) noexcept { this->weft_pause(state); }
};

/// What is received: the object in the sender's hand while it is in `send`.
template <class Y, class S> struct weft_receiving : weft_yielding<Y> {
  using weft_yielding<Y>::weft_yielding;

  std::remove_reference_t<S>* weft_sent;

  /// The pause at which a value is awaited, with or without yielding one.
  template <class... V>
  void weft_await(std::uint16_t state, V&&... value) noexcept {
    if constexpr (sizeof...(V) == 0 && !std::is_void_v<Y>) {
      this->weft_state = state;
      this->weft_flags |= this->weft_awaits | this->weft_valueless;
    } else {
      this->weft_yield(state, std::forward<V>(value)...);
      this->weft_flags |= this->weft_awaits;
    }
  }

  /// The received value, made once from the sent object.
  S weft_received() {
    if constexpr (std::is_reference_v<S>)
      return static_cast<S>(*weft_sent);
    else if constexpr (!std::is_copy_constructible_v<S>)
      return S(std::move(*weft_sent));
    else if (this->weft_flags & this->weft_sent_const)
      return S(static_cast<const S&>(*weft_sent));
    else
      return S(std::move(*weft_sent));
  }
};

template <class Y> struct weft_receiving<Y, void> : weft_yielding<Y> {
  using weft_yielding<Y>::weft_yielding;
};

/// What is returned.
template <class Y, class S, class R>
struct weft_returning : weft_receiving<Y, S> {
  using weft_receiving<Y, S>::weft_receiving;

  using weft_result_type =
      std::conditional_t<std::is_reference_v<R>, std::remove_reference_t<R>*,
                         std::remove_cv_t<R>>;
  slot<weft_result_type> weft_result;

  ~weft_returning() { weft_drop_result(); }

  /// Destroys the result of a `return` that an exception overtook.
  void weft_drop_result() noexcept {
    if (this->weft_flags & this->weft_has_result) {
      this->weft_flags &= ~this->weft_has_result;
      weft_result.destroy();
    }
  }
  /// Constructs the result in place from what `make` returns.
  template <class Make> void weft_return(Make&& make) {
    if constexpr (!std::is_trivially_destructible_v<weft_result_type>)
      weft_drop_result();
    if constexpr (std::is_reference_v<R>)
      weft_result.value = std::addressof(std::forward<Make>(make)());
    else
      weft_result.emplace_from(std::forward<Make>(make));
    this->weft_flags |= this->weft_has_result;
  }
  std::remove_reference_t<R>& weft_result_value() noexcept {
    if constexpr (std::is_reference_v<R>)
      return *weft_result.value;
    else
      return weft_result.value;
  }
};

template <class Y, class S>
struct weft_returning<Y, S, void> : weft_receiving<Y, S> {
  using weft_receiving<Y, S>::weft_receiving;

  void weft_drop_result() noexcept {
    this->weft_flags &= ~this->weft_has_result;
  }
  void weft_return() noexcept { this->weft_flags |= this->weft_has_result; }
};

/// The base of the frame of a coroutine that yields `Y`, receives `S` and
/// returns `R`. `F` is the generated frame.
template <class Y, class S, class R>
struct weft_coroutine_frame : weft_returning<Y, S, R> {
  using weft_yields = Y;
  using weft_receives = S;
  using weft_returns = R;
  /// A frame with a `weft::yield_from` hides this with true.
  static constexpr bool weft_can_delegate = false;

  /// A frame in place; whoever allocates it names the entries.
  weft_coroutine_frame() noexcept
      : weft_returning<Y, S, R>(nullptr, nullptr) {}

  /// The first thing after a pause: an exception raised into the coroutine is
  /// thrown here.
  void weft_resumed() {
#if WEFT_HAS_EXCEPTIONS
    if (this->weft_flags & this->weft_raised)
      detail::throw_raised(*this);
#endif
  }

  /// Hands over to `inner`, which has just been created.
  template <class C> void weft_delegate_new(std::uint16_t state, C& inner) noexcept {
    static_assert(std::is_same_v<typename C::yields, Y> &&
                      std::is_same_v<typename C::receives, S>,
                  "weft::yield_from needs a coroutine that yields and receives "
                  "the same types");
    weft_frame& frame = inner.weft_as_inner();
    frame.weft_marks = weft_frame::weft_delegated;
    frame.weft_link = this;
    this->weft_link = &frame;
    this->weft_state = state;
  }

  /// Hands over to `inner` and pauses until it ends; false when it has ended
  /// already. `inner` is a coroutine that yields and receives the same.
  /// `borrowed` says that it may outlive this frame.
  template <class C>
  bool weft_delegate(std::uint16_t state, C& inner, bool borrowed) {
    static_assert(std::is_same_v<typename C::yields, Y> &&
                      std::is_same_v<typename C::receives, S>,
                  "weft::yield_from needs a coroutine that yields and receives "
                  "the same types");
    if (inner.done())
      return false;
    inner.weft_check_ready();
    detail::attach(*this, inner.weft_as_inner(), borrowed);
    this->weft_state = state;
    return true;
  }
};

} // namespace weft

#endif // WEFT_COROUTINE_FRAME_H
