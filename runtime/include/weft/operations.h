// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The operations on a coroutine, the same for every way of storing its frame.

#ifndef WEFT_OPERATIONS_H
#define WEFT_OPERATIONS_H

#include <weft/coroutine_frame.h>

#include <cstddef>
#include <iterator>

namespace weft {
namespace detail {

/// Stands for "the frame has this static type" where it is known.
template <class F> struct static_frame {};

/// Resumes `frame`, which is idle, and says whether it paused again.
template <class Frame> bool resume(Frame& frame) {
  weft_frame& root = frame;
  if (!WEFT_LIKELY(root.weft_link == nullptr))
    return resume_chain(root);
  root.weft_resume(&root);
  return root.weft_state != weft_frame::weft_ended;
}

/// The same for a frame whose type is known: a direct call that can be inlined.
template <class Frame> bool resume(Frame& frame, static_frame<Frame>) {
  if constexpr (Frame::weft_can_delegate) {
    return resume(frame);
  } else {
    frame.weft_run();
    return frame.weft_state != weft_frame::weft_ended;
  }
}

/// Walks the values of a generator; an input iterator. Valid while the
/// generator stays where it is.
template <class Generator> class value_iterator {
public:
  using iterator_category = std::input_iterator_tag;
  using iterator_concept = std::input_iterator_tag;
  using difference_type = std::ptrdiff_t;
  using reference = decltype(std::declval<Generator&>().value());
  using value_type = std::remove_cv_t<std::remove_reference_t<reference>>;
  using pointer = std::add_pointer_t<reference>;

  value_iterator() noexcept = default;
  explicit value_iterator(Generator& owner) noexcept : owner(&owner) {}

  reference operator*() const { return owner->weft_current(); }
  pointer operator->() const { return std::addressof(owner->weft_current()); }
  value_iterator& operator++() {
    owner->next();
    return *this;
  }
  void operator++(int) { owner->next(); }

  friend bool operator==(const value_iterator& at, end_of_values) noexcept {
    return at.owner->done();
  }
#if __cplusplus < 202002L
  friend bool operator!=(const value_iterator& at, end_of_values) noexcept {
    return !at.owner->done();
  }
  friend bool operator==(end_of_values, const value_iterator& at) noexcept {
    return at.owner->done();
  }
  friend bool operator!=(end_of_values, const value_iterator& at) noexcept {
    return !at.owner->done();
  }
#endif

private:
  Generator* owner = nullptr;
};

/// `next`, `send`, `raise`, `value`, `result` and the rest over a frame that
/// `Self` holds: `Self::weft_get()` is its address or null when there is none,
/// `Self::weft_step()` resumes it, `Self::weft_drop()` ends it where it pauses.
///
/// No operation is thread-safe. Misuse is reported as `errors.h` says and
/// leaves the coroutine as it was.
template <class Self, class Y, class S, class R> class operations {
public:
  using yields = Y;
  using receives = S;
  using returns = R;
  using frame_type = weft_coroutine_frame<Y, S, R>;
  // Makes the frame's layout known to the tool.
  static_assert(sizeof(frame_type) >= sizeof(weft_frame));

  /// Runs to the next pause. Returns whether it paused; false: it ended.
  /// Throws what leaves the body. Errors: ended, running, value_awaited.
  bool next() {
    if constexpr (Self::weft_may_delegate) {
      frame_type* frame = self().weft_get();
      if (!WEFT_LIKELY(is_alone(frame))) {
        if (frame == nullptr || frame->weft_state >= weft_frame::weft_ended ||
            is_taken(*frame))
          refuse(frame);
        check_not_awaiting(*frame->weft_link);
        return resume_chain(*frame);
      }
      check_not_awaiting(*frame);
    } else {
      weft_check_ready();
    }
    return self().weft_step();
  }

  /// Hands over a value to the pause that awaits one and runs to the next
  /// pause. Returns whether it paused. The object is moved from, or copied when
  /// it is an lvalue, when the body takes it: once.
  /// Errors: ended, running, not_started, no_value_awaited.
  template <class T = S, class = std::enable_if_t<!std::is_void_v<T>>>
  bool send(std::add_rvalue_reference_t<T> value) {
    return send_object(std::addressof(value), 0);
  }
  template <class T = S, class = std::enable_if_t<std::is_object_v<T> &&
                                                  std::is_copy_constructible_v<T>>>
  bool send(const type_identity_t<T>& value) {
    return send_object(const_cast<T*>(std::addressof(value)),
                       weft_frame::weft_sent_const);
  }

#if WEFT_HAS_EXCEPTIONS
  /// Throws `exception` at the pause and runs to the next one. Returns whether
  /// it paused. One that has not started ends without running any of its body
  /// and the exception, which is not null, comes out of this call.
  /// Errors: ended, running.
  bool raise(std::exception_ptr exception) {
    frame_type* frame = idle();
    if (frame->weft_state == weft_frame::weft_unstarted) {
      self().weft_drop();
      std::rethrow_exception(std::move(exception));
    }
    weft_frame& leaf = innermost(*frame);
    leaf.weft_flags = (leaf.weft_flags & ~(weft_frame::weft_awaits |
                                           weft_frame::weft_valueless)) |
                      weft_frame::weft_raised;
    set_raised(std::move(exception));
    return self().weft_step();
  }
#endif

  /// Destroys what is alive at the pause, the innermost frame's first; the body
  /// never goes on. Does nothing after the end. As in any unwinding, a
  /// destructor that throws terminates. Errors: running.
  void close() {
    if (done())
      return;
    idle();
    self().weft_drop();
  }

  /// Whether it has ended, also by an exception or by `close`.
  bool done() const noexcept {
    const frame_type* frame = self().weft_get();
    return frame == nullptr || frame->weft_state == weft_frame::weft_ended;
  }

  /// The yielded value: the object at the yield, or for a small trivial `Y` its
  /// copy in the frame. Valid until it is resumed. Errors: no_value.
  template <class T = Y> std::remove_reference_t<T>& value() {
    frame_type* frame = self().weft_get();
    if (frame == nullptr || frame->weft_state == weft_frame::weft_unstarted ||
        frame->weft_state >= weft_frame::weft_ended)
      misuse(coroutine_errc::no_value);
    if constexpr (Self::weft_may_delegate) {
      if (is_taken(*frame))
        misuse(coroutine_errc::no_value);
    }
    if constexpr (!std::is_void_v<S>) {
      if (innermost(*frame).weft_flags & weft_frame::weft_valueless)
        misuse(coroutine_errc::no_value);
    }
    return weft_current();
  }

  /// What the body returned. Errors: no_result before the end, after an
  /// exception, after `close` and after `return {}`.
  std::add_lvalue_reference_t<R> result() {
    frame_type* frame = self().weft_get();
    if (frame == nullptr || !(frame->weft_flags & weft_frame::weft_has_result) ||
        frame->weft_state != weft_frame::weft_ended)
      misuse(coroutine_errc::no_result);
    if constexpr (!std::is_void_v<R>)
      return frame->weft_result_value();
  }

  // For generated code and iterators; not part of the interface.

  template <class T = Y> std::remove_reference_t<T>& weft_current() {
    return static_cast<weft_yielding<Y>&>(innermost(*self().weft_get()))
        .weft_yielded();
  }
  void weft_check_ready() { check_not_awaiting(innermost(*idle())); }

private:
  Self& self() noexcept { return static_cast<Self&>(*this); }
  const Self& self() const noexcept { return static_cast<const Self&>(*this); }

  weft_frame& innermost(frame_type& root) noexcept {
    if constexpr (Self::weft_may_delegate)
      return WEFT_LIKELY(root.weft_link == nullptr) ? root : *root.weft_link;
    else
      return root;
  }

  /// Whether `frame` can be resumed now and is no part of a chain: the path
  /// that is inlined.
  static bool is_alone(const frame_type* frame) noexcept {
    return frame != nullptr && frame->weft_state < weft_frame::weft_ended &&
           frame->weft_link == nullptr;
  }
  static void check_not_awaiting(const weft_frame& leaf) {
    (void)leaf;
    if constexpr (!std::is_void_v<S>) {
      if (leaf.weft_flags & weft_frame::weft_awaits)
        misuse(coroutine_errc::value_awaited);
    }
  }

  /// The frame, when it can be resumed now.
  frame_type* idle() {
    frame_type* frame = self().weft_get();
    if (frame == nullptr || frame->weft_state >= weft_frame::weft_ended)
      refuse(frame);
    // One that is part of a chain has a link; most do not, which costs a test
    // that the resumption shares.
    if constexpr (Self::weft_may_delegate) {
      if (!WEFT_LIKELY(frame->weft_link == nullptr) && is_taken(*frame))
        refuse(frame);
    }
    return frame;
  }

  /// Whether the frame is running inside, or works for another.
  static bool is_taken(const weft_frame& frame) noexcept {
    return frame.weft_marks & weft_frame::weft_delegated ||
           frame.weft_runs_inside();
  }

  /// Says why `frame` cannot be resumed.
  [[noreturn, gnu::cold, gnu::noinline]] static void
  refuse(const frame_type* frame) {
    if (frame == nullptr || frame->weft_state == weft_frame::weft_ended)
      misuse(coroutine_errc::ended);
    if (frame->weft_state != weft_frame::weft_running &&
        frame->weft_marks & weft_frame::weft_delegated)
      misuse(coroutine_errc::delegated);
    misuse(coroutine_errc::running);
  }

  bool send_object(std::remove_reference_t<S>* value, std::uint8_t how) {
    frame_type* frame = idle();
    if (frame->weft_state == weft_frame::weft_unstarted)
      misuse(coroutine_errc::not_started);
    auto& leaf = static_cast<weft_receiving<Y, S>&>(innermost(*frame));
    if (!(leaf.weft_flags & weft_frame::weft_awaits))
      misuse(coroutine_errc::no_value_awaited);
    leaf.weft_sent = value;
    leaf.weft_flags =
        (leaf.weft_flags &
         ~(weft_frame::weft_awaits | weft_frame::weft_valueless |
           weft_frame::weft_sent_const)) |
        how;
    return self().weft_step();
  }
};

} // namespace detail
} // namespace weft

#endif // WEFT_OPERATIONS_H
