// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The frames of fiber functions, and how one calls another.
//
// A fiber function `R f(A...)` becomes a frame and an entry beside the function
//
//   weft::activation* f_fiber(weft::into<R> result, A...);
//
// which runs the body until it ends or pauses for the first time. A call that
// never pauses is an ordinary native call. When it pauses, every caller links
// the frame that it called to its own and returns; the fiber remembers only the
// innermost. Resuming enters that one directly, and each frame that ends then
// is followed by the one that called it, from one loop: neither depends on the
// depth of the chain.
//
// Names that stand in frames begin with `weft_`: see frame.h.

#ifndef WEFT_ACTIVATION_H
#define WEFT_ACTIVATION_H

#include <weft/config.h>
#include <weft/function_facts.h>
#include <weft/slot.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace weft {

class fiber;

/// How a run of an activation came back.
enum class outcome : bool { done, paused };

/// What a step of an activation is to do.
enum class step : unsigned char {
  run, ///< Go on at the pause. Exceptions that leave the body come out.
  end, ///< Destroy what is alive instead.
  tell ///< Set `told`. Needs no activation, and may be asked on any thread.
};
/// The answer: the facts about the function that the step belongs to.
inline thread_local const function_facts* told = nullptr;

/// One activation of a fiber function. Its name, too, stands in frames, as a
/// base's does.
struct weft_activation;
using activation = weft_activation;

struct weft_activation {
  using weft_stepper = outcome (*)(activation*, step what);

  /// Bits of `weft_flags`.
  enum : std::uint8_t {
    weft_raised = 1,    ///< the fiber holds an exception to throw at the pause
    weft_has_result = 2 ///< a `return` has constructed the result
  };

  // Both are set only when the activation pauses.
  weft_stepper weft_step;
  activation* weft_caller; ///< null: the fiber's first
  /// The suspension point to go on at; 0: the beginning.
  std::uint16_t weft_state = 0;
  std::uint8_t weft_flags = 0;

  weft_activation() noexcept {}
  weft_activation(const weft_activation&) = delete;
  weft_activation& operator=(const weft_activation&) = delete;

  std::uint16_t weft_enter() const noexcept { return weft_state; }

  /// Hidden by the frames that the tool makes.
  static constexpr function_facts weft_facts() noexcept { return {}; }
  /// Destroys what is alive beyond `level`. A frame in which something can be
  /// alive hides this with its own.
  void weft_unwind(unsigned /*level*/) noexcept {}
  void weft_drop_result() noexcept {}
  /// The activation is over before the end of its body: an exception has left
  /// it, or its fiber was ended. Hidden by frames that are used again.
  void weft_abandon() noexcept {}

  /// Behind a call at suspension point `state`: whether `callee` has paused,
  /// and so must this one. Null: it has ended.
  bool weft_call(std::uint16_t state, activation* callee) noexcept {
    if (WEFT_LIKELY(callee == nullptr))
      return false;
    callee->weft_caller = this;
    weft_state = state;
    return true;
  }
  /// Waits for `awaiter`, of the protocol that C++20 coroutines use; says
  /// whether this activation must pause. Its state is stored before the wait is
  /// published; behind that nothing of the frame is touched.
  template <class A> bool weft_wait(std::uint16_t state, A& awaiter);
  /// A checkpoint: whether this activation pauses there, because the fiber's
  /// time slice is over.
  bool weft_checkpoint(std::uint16_t state);
  /// The same in two steps, for what is to happen only when the slice is over.
  static bool weft_slice_is_over() noexcept;
  bool weft_switch(std::uint16_t state);
  /// Behind the label of a suspension point: throws what ended the callee, or
  /// the cancellation.
  void weft_resumed();
};

/// Where a fiber function constructs its result: storage of its caller's.
template <class R> class into {
public:
  using object = std::remove_cv_t<R>;

  /// The storage is that of `object`, which need not be one yet.
  into(const object& object) noexcept
      : at(const_cast<void*>(
            static_cast<const volatile void*>(std::addressof(object)))) {}
  into(slot<object>& storage) noexcept : at(storage.storage()) {}
  explicit into(void* storage) noexcept : at(storage) {}
  /// The same object, const or not.
  template <class U, class = std::enable_if_t<!std::is_same_v<U, R> &&
                                              std::is_same_v<std::remove_cv_t<U>, object>>>
  into(into<U> other) noexcept : at(other.at) {}

  template <class Make> void construct(Make&& make) const {
    ::new (at) object(std::forward<Make>(make)());
  }
  void destroy() const noexcept {
    std::destroy_at(std::launder(static_cast<object*>(at)));
  }
  /// The object, which need not be one yet.
  object& place() const noexcept { return *static_cast<object*>(at); }

private:
  template <class> friend class into;
  void* at;
};
/// A reference is kept as a pointer.
template <class T> class into<T&> {
public:
  into(T*& pointer) noexcept : at(std::addressof(pointer)) {}
  explicit into(void* storage) noexcept : at(static_cast<T**>(storage)) {}

  template <class Make> void construct(Make&& make) const {
    *at = std::addressof(std::forward<Make>(make)());
  }
  void destroy() const noexcept {}

private:
  T** at;
};
template <class T> class into<T&&> {
public:
  into(T*& pointer) noexcept : at(std::addressof(pointer)) {}
  explicit into(void* storage) noexcept : at(static_cast<T**>(storage)) {}

  template <class Make> void construct(Make&& make) const {
    auto&& result = std::forward<Make>(make)();
    *at = std::addressof(result);
  }
  void destroy() const noexcept {}

private:
  T** at;
};
template <> class into<void> {
public:
  into() noexcept = default;
  explicit into(void*) noexcept {}
};

/// The type of an entry's first parameter in a template: it says nothing about
/// the template's arguments.
template <class T> struct undeduced_type {
  using type = T;
};
template <class T> using undeduced = typename undeduced_type<T>::type;

/// The base of a fiber function's frame.
template <class R> struct weft_fiber_frame : weft_activation {
  explicit weft_fiber_frame(into<R> result) noexcept : weft_result(result) {}

  /// Constructs the result in place from what `make` returns.
  template <class Make> void weft_return(Make&& make) {
    weft_drop_result();
    weft_result.construct(std::forward<Make>(make));
    weft_returned();
  }
  /// A callee has constructed the result.
  void weft_returned() noexcept {
    if constexpr (!std::is_trivially_destructible_v<R>)
      weft_flags |= weft_has_result;
  }
  /// Destroys the result of a `return` that an exception overtook.
  void weft_drop_result() noexcept {
    if constexpr (!std::is_trivially_destructible_v<R>)
      if (weft_flags & weft_has_result) {
        weft_flags &= static_cast<std::uint8_t>(~weft_has_result);
        weft_result.destroy();
      }
  }

  into<R> weft_result;
};
template <> struct weft_fiber_frame<void> : weft_activation {
  explicit weft_fiber_frame(into<void>) noexcept {}
  /// In templates, where the type may also be another.
  template <class Make> void weft_return(Make&& make) { std::forward<Make>(make)(); }
  void weft_returned() noexcept {}

  static constexpr into<void> weft_result{};
};
template <class R> using fiber_frame = weft_fiber_frame<R>;

/// The type of the parameter through which an entry takes one that the fiber
/// function declares as `P`: objects that are not trivial stay where the caller
/// constructed them, as the Itanium ABI does, so that they are never moved.
template <class P>
using passed =
    std::conditional_t<std::is_reference_v<P> || std::is_trivially_copyable_v<P>,
                       P, P&>;

/// The end of an activation's run, however it comes about: an exception that
/// leaves destroys what is alive.
template <class F> class activation_end {
public:
  explicit activation_end(F& frame) noexcept : frame(frame) {}
  [[gnu::always_inline]] ~activation_end() {
#if WEFT_HAS_EXCEPTIONS
    if (thrown_) {
      frame.weft_drop_result();
      frame.weft_unwind(0);
      frame.weft_abandon();
    }
#endif
  }
  activation_end(const activation_end&) = delete;
  activation_end& operator=(const activation_end&) = delete;

  outcome paused() noexcept {
    thrown_ = false;
    return outcome::paused;
  }
  outcome done() noexcept {
    thrown_ = false;
    return outcome::done;
  }
  /// The end of a body whose activation can be done for one caller, and go on
  /// for the next: that of an async generator.
  outcome ended() noexcept {
    frame.weft_finish();
    return done();
  }
  /// Whether the run has not come to its end: what leaves a scope is an
  /// exception, or the scope ends.
  bool thrown() const noexcept { return thrown_; }
  /// An exception leaves what is alive beyond `level`, and with it a `return`
  /// whose result is there already.
  void unwind(unsigned level) {
    frame.weft_unwind(level);
    frame.weft_drop_result();
  }

private:
  F& frame;
  bool thrown_ = true;
};

/// The same for the inside of a `try`.
template <class F> class activation_scope {
public:
  activation_scope(activation_end<F>& end, unsigned level) noexcept
      : end(end), level(level) {}
  [[gnu::always_inline]] ~activation_scope() {
#if WEFT_HAS_EXCEPTIONS
    if (end.thrown())
      end.unwind(level);
#endif
  }
  activation_scope(const activation_scope&) = delete;
  activation_scope& operator=(const activation_scope&) = delete;

private:
  activation_end<F>& end;
  unsigned level;
};

namespace detail {

/// What runs on this thread. Constant-initialised, so that reading it is one
/// load.
struct thread_context {
  /// Null outside of fibers.
  fiber* running = nullptr;
  /// The free part of the running fiber's stack of frames, and where its
  /// current chunk begins. All null when it has none yet.
  char* top = nullptr;
  char* end = nullptr;
  char* base = nullptr;
  /// An entry that finds the native stack below this address does not run the
  /// body, but leaves that to the fiber's loop, which has an empty one. While a
  /// fiber is being spawned it is the largest address: the body never runs.
  const char* native_limit = nullptr;
};
inline thread_local thread_context here;

/// Whether checkpoints have to look closer: `WEFT_PREEMPT` asks for switches.
/// Constant-initialised, and set when the thread's scheduler is made.
inline thread_local bool slice_over = false;
/// A checkpoint on a thread where that is set.
bool switch_at_checkpoint(activation& frame, std::uint16_t state);

inline constexpr std::size_t frame_align = alignof(std::max_align_t);

/// Makes room for a frame of `bytes`, a multiple of frame_align, that the
/// current chunk has no room for: a new chunk, or, while a fiber is being
/// spawned, the place of its first frame.
void* push_slow(std::size_t bytes);
/// Gives back the last frame of the current chunk, and with it the chunk.
void pop_chunk() noexcept;
/// A frame that was not run for want of native stack, or because its fiber is
/// being spawned, becomes the fiber's innermost one. Says which: true when it
/// is the fiber's first frame, which is never popped.
bool start_later(activation& frame) noexcept;
/// Throws the exception that the running fiber holds.
[[noreturn]] void throw_raised(activation& frame);

inline char* push(std::size_t bytes) {
  char* at = here.top;
  if (WEFT_LIKELY(reinterpret_cast<std::uintptr_t>(at) + bytes <=
                  reinterpret_cast<std::uintptr_t>(here.end))) {
    here.top = at + bytes;
    return at;
  }
  return static_cast<char*>(push_slow(bytes));
}
inline void pop(void* frame) noexcept {
  here.top = static_cast<char*>(frame);
  if (here.top == here.base)
    pop_chunk();
}

/// Pops a frame on every way out but a pause.
class pushed {
public:
  explicit pushed(void* at) noexcept : at(at) {}
  [[gnu::always_inline]] ~pushed() {
    if (at != nullptr)
      pop(at);
  }
  pushed(const pushed&) = delete;
  pushed& operator=(const pushed&) = delete;
  void stay() noexcept { at = nullptr; }

private:
  void* at;
};

template <class F>
inline constexpr std::size_t place_bytes =
    (sizeof(F) + frame_align - 1) / frame_align * frame_align;

/// Where the place of a frame on the fiber's stack begins: the frame itself,
/// unless it is over-aligned; then a pointer behind it tells.
template <class F> void* place_of(F* frame) noexcept {
  if constexpr (alignof(F) <= frame_align)
    return frame;
  else
    return *reinterpret_cast<void**>(reinterpret_cast<char*>(frame) +
                                     place_bytes<F>);
}
/// Makes such a place, not yet a frame; `begin` is its beginning.
template <class F> void* push_frame(void*& begin) {
  if constexpr (alignof(F) <= frame_align) {
    return begin = push(place_bytes<F>);
  } else {
    begin = push(place_bytes<F> + alignof(F));
    char* at = reinterpret_cast<char*>(
        (reinterpret_cast<std::uintptr_t>(begin) + alignof(F) - frame_align) /
        alignof(F) * alignof(F));
    ::new (at + place_bytes<F>) void*(begin);
    return at;
  }
}

/// An exception leaves a resumed activation; called in a handler of it.
void note_left(const activation& frame, const function_facts& facts) noexcept;

/// Goes on with the body of a frame. An exception that leaves it is noted, see
/// exception_trace.h.
template <class F>
[[gnu::always_inline]] inline outcome
resume_body(F& frame, [[maybe_unused]] const function_facts& facts) {
#if WEFT_HAS_EXCEPTIONS
  try {
    return frame.weft_run();
  } catch (...) {
    note_left(frame, facts);
    throw;
  }
#else
  return frame.weft_run();
#endif
}

// The steps of a frame on the fiber's stack, and of one that is part of
// something else: a fiber's first, or in its caller's frame. Debuggers find the
// frame's type and its function by the variables `self` and `facts`.

template <class F> outcome step_pushed(activation* frame, step what) {
  static constexpr function_facts facts = F::weft_facts();
  if (what == step::tell) {
    told = &facts;
    return outcome::done;
  }
  F* self = static_cast<F*>(frame);
  pushed guard(place_of(self));
  if (what == step::end) {
    self->weft_unwind(0);
    return outcome::done;
  }
  outcome how = resume_body(*self, facts);
  if (how == outcome::paused)
    guard.stay();
  return how;
}
template <class F> outcome step_held(activation* frame, step what) {
  static constexpr function_facts facts = F::weft_facts();
  F* self = static_cast<F*>(frame);
  if (WEFT_LIKELY(what == step::run))
    return resume_body(*self, facts);
  if (what == step::tell) {
    told = &facts;
  } else {
    self->weft_unwind(0);
    self->weft_abandon();
  }
  return outcome::done;
}

} // namespace detail

/// Runs a frame that is part of its caller's from the beginning. Null when it has
/// ended; else the frame, to be linked to the caller's.
template <class F> activation* start(F& frame) {
  if (WEFT_LIKELY(frame.weft_run() == outcome::done))
    return nullptr;
  frame.weft_step = detail::step_held<F>;
  return &frame;
}

/// Calls a fiber function whose frame is `F`: constructs the frame on the
/// fiber's stack and runs it. Null when it has ended; else the frame, to be
/// linked to the caller's.
template <class F, class... A> activation* begin(A&&... arguments) {
  void* place;
  void* at = detail::push_frame<F>(place);
  detail::pushed guard(place);
  F* frame = ::new (at) F(std::forward<A>(arguments)...);
  if (WEFT_LIKELY(static_cast<const char*>(__builtin_frame_address(0)) >
                  detail::here.native_limit)) {
    if (WEFT_LIKELY(frame->weft_run() == outcome::done))
      return nullptr;
    frame->weft_step = detail::step_pushed<F>;
  } else {
    frame->weft_step = detail::start_later(*frame) ? detail::step_held<F>
                                                   : detail::step_pushed<F>;
  }
  guard.stay();
  return frame;
}

inline bool weft_activation::weft_slice_is_over() noexcept { return !WEFT_LIKELY(!detail::slice_over); }

inline bool weft_activation::weft_switch(std::uint16_t state) {
  return detail::switch_at_checkpoint(*this, state);
}
inline bool weft_activation::weft_checkpoint(std::uint16_t state) {
  return weft_slice_is_over() && weft_switch(state);
}

inline void weft_activation::weft_resumed() {
  if (!WEFT_LIKELY(!(weft_flags & weft_raised)))
    detail::throw_raised(*this);
}

} // namespace weft

#endif // WEFT_ACTIVATION_H
