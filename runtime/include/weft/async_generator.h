// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Async generators: coroutines that yield, and wait in between.
//
//   [[weft::coroutine]] weft::async_generator<std::string> lines(connection& c) {
//     while (auto packet = c.packets.receive())    // pauses the fiber
//       for (std::string& line : split(*packet))
//         weft::yield(line);                       // hands it to the fiber
//   }
//   [[weft::fiber]] void print(connection& c) {
//     for (const std::string& line : lines(c))
//       std::puts(line.c_str());
//   }
//
// The body runs in the fiber that asks for a value, as a function that it
// calls: `next()` is a call of the frame, which is done when it yields, and goes
// on from there at the next call. What the body waits for, the fiber waits for;
// resuming it costs the same however deep generators are nested.

#ifndef WEFT_ASYNC_GENERATOR_H
#define WEFT_ASYNC_GENERATOR_H

#include <weft/activation.h>
#include <weft/awaiting.h>
#include <weft/coroutine_frame.h>
#include <weft/errors.h>
#include <weft/storage.h>
#include <weft/yield.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

namespace weft {

/// What every async generator's frame begins with. `weft_caller` is the
/// activation that the `next()` under way belongs to.
struct weft_async_activation : weft_activation {
  using weft_root = weft_async_activation;
  using weft_destroyer = void (*)(weft_async_activation*);

  static constexpr std::uint16_t weft_over = 0xffff; ///< a `weft_state`
  /// Bit of `weft_flags`, besides those of activations: a `next()` is under way.
  static constexpr std::uint8_t weft_awaited = 4;

  /// Destroys what is alive and frees the frame.
  weft_destroyer weft_destroy;

  bool weft_is_over() const noexcept { return weft_state == weft_over; }
  bool weft_is_awaited() const noexcept { return weft_flags & weft_awaited; }
  /// Behind a yield: nobody waits until the next call.
  void weft_pause(std::uint16_t state) noexcept {
    weft_state = state;
    weft_flags = 0;
  }
  void weft_finish() noexcept { weft_pause(weft_over); }
  void weft_abandon() noexcept { weft_finish(); }
};

namespace detail {
activation* delegate(weft_async_activation& outer, weft_async_activation* inner);
} // namespace detail

/// The base of the frame of an async generator that yields `Y`.
template <class Y>
struct weft_async_frame : weft_yielding<Y, weft_async_activation> {
  using weft_yields = Y;

  /// Asks `inner`, an async generator that yields the same, for the next of the
  /// values that are handed on; what was raised here is raised there. Null: it
  /// has yielded or ended.
  template <class C> activation* weft_delegate(C& inner) {
    static_assert(std::is_same_v<typename C::frame_type, weft_async_frame>,
                  "weft::yield_from in an async generator needs an async "
                  "generator that yields the same type");
    return detail::delegate(*this, inner.weft_as_inner());
  }
};

namespace detail {

/// Ends the process: somebody waits for the generator's next value.
[[noreturn]] void
report_destroyed_awaited(const weft_async_activation& frame) noexcept;
/// Says why `frame` cannot go on.
[[noreturn, gnu::cold, gnu::noinline]] inline void
refuse_next(const weft_async_activation* frame) {
  misuse(frame != nullptr && frame->weft_is_awaited() ? coroutine_errc::awaited
                                                      : coroutine_errc::ended);
}

template <class F> struct entries<F, weft_async_activation> {
  static void name(F& frame,
                   weft_async_activation::weft_destroyer destroy) noexcept {
    frame.weft_step = step_held<F>;
    frame.weft_destroy = destroy;
  }
  /// Ends the activation where it pauses; whether the frame is to go, too.
  static bool end(weft_async_activation* frame) noexcept {
    if (frame->weft_is_awaited())
      report_destroyed_awaited(*frame);
    if (!frame->weft_is_over()) {
      frame->weft_finish(); // First, for destructors that look at it.
      static_cast<F*>(frame)->weft_unwind(0);
    }
    return true;
  }
};

/// Whether `next()` can be called.
inline bool is_idle(const weft_async_activation* frame) noexcept {
  return frame != nullptr && !frame->weft_is_over() && !frame->weft_is_awaited();
}

/// Calls the activation, which is idle; null when it has yielded or ended.
inline activation* call_again(weft_async_activation& frame) {
  frame.weft_flags |= weft_async_activation::weft_awaited;
  if (WEFT_LIKELY(static_cast<const char*>(__builtin_frame_address(0)) >
                  here.native_limit))
    return frame.weft_step(&frame, step::run) == outcome::done ? nullptr : &frame;
  start_later(frame);
  return &frame;
}

/// Calls `inner`, whose values `outer` hands on. One that has ended has none.
inline activation* delegate(weft_async_activation& outer,
                            weft_async_activation* inner) {
  const bool raised = outer.weft_flags & activation::weft_raised;
  if (inner == nullptr || inner->weft_is_over()) {
    outer.weft_resumed(); // Throws what was raised: nobody else is there to.
    return nullptr;
  }
  if (inner->weft_is_awaited())
    refuse_next(inner);
  if (raised && inner->weft_state == 0) {
    inner->weft_step(inner, step::end); // Ends it.
    outer.weft_resumed();
  }
  if (raised) { // The exception is the fiber's.
    outer.weft_flags &= static_cast<std::uint8_t>(~activation::weft_raised);
    inner->weft_flags |= activation::weft_raised;
  }
  return call_again(*inner);
}

template <class Y> class next_awaiter {
public:
  explicit next_awaiter(weft_async_frame<Y>* of) noexcept : of(of) {}

  activation* weft_begin() {
    if (!WEFT_LIKELY(is_idle(of)))
      refuse_next(of);
    return call_again(*of);
  }
  bool await_resume() const noexcept { return !of->weft_is_over(); }

protected:
  weft_async_frame<Y>* of;
};

#if WEFT_HAS_EXCEPTIONS
/// Leaves `exception` for the pause of `frame`.
void set_raised(weft_async_activation& frame,
                std::exception_ptr exception) noexcept;

template <class Y> class raise_awaiter : next_awaiter<Y> {
public:
  raise_awaiter(weft_async_frame<Y>* of, std::exception_ptr&& exception) noexcept
      : next_awaiter<Y>(of), exception(std::move(exception)) {}

  activation* weft_begin() {
    if (!is_idle(this->of))
      refuse_next(this->of);
    if (this->of->weft_state == 0) {
      // Ends it; the frame is its owner's.
      this->of->weft_step(this->of, step::end);
      std::rethrow_exception(std::move(exception));
    }
    set_raised(*this->of, std::move(exception));
    return call_again(*this->of);
  }
  using next_awaiter<Y>::await_resume;

private:
  std::exception_ptr exception;
};
#endif

template <class Y> class first_awaiter;
template <class Y> class step_awaiter;

} // namespace detail

/// Walks the values of an async generator, in a fiber function. Valid as long as
/// the generator's frame.
template <class Y> class async_iterator {
public:
  using reference = std::add_lvalue_reference_t<std::remove_reference_t<Y>>;
  using value_type = std::remove_cv_t<std::remove_reference_t<Y>>;

  explicit async_iterator(weft_async_frame<Y>* of) noexcept : of(of) {}

  reference operator*() const noexcept { return of->weft_yielded(); }
  std::remove_reference_t<Y>* operator->() const noexcept {
    return std::addressof(of->weft_yielded());
  }
  /// Goes on to the next value. Suspends.
  suspends<detail::step_awaiter<Y>> operator++()
      WEFT_AWAITER(detail::step_awaiter<Y>(*this))

  friend bool operator==(const async_iterator& at,
                         detail::end_of_values) noexcept {
    return at.is_at_end();
  }
  friend bool operator!=(const async_iterator& at,
                         detail::end_of_values) noexcept {
    return !at.is_at_end();
  }

private:
  friend class detail::step_awaiter<Y>;
  bool is_at_end() const noexcept {
    return of == nullptr || of->weft_is_over();
  }
  weft_async_frame<Y>* of;
};

namespace detail {

/// Of `begin()`: an ended generator has no first value, which is no error.
template <class Y> class first_awaiter : next_awaiter<Y> {
public:
  using next_awaiter<Y>::next_awaiter;
  activation* weft_begin() {
    if (this->of == nullptr || this->of->weft_is_over())
      return nullptr;
    return next_awaiter<Y>::weft_begin();
  }
  async_iterator<Y> await_resume() const noexcept {
    return async_iterator<Y>(this->of);
  }
};

template <class Y> class step_awaiter : public next_awaiter<Y> {
public:
  explicit step_awaiter(async_iterator<Y>& at) noexcept
      : next_awaiter<Y>(at.of), at(at) {}
  async_iterator<Y>& await_resume() const noexcept { return at; }

private:
  async_iterator<Y>& at;
};

} // namespace detail

/// A coroutine that yields `Y` and, in between, may wait as fiber functions do.
/// Owns the frame, which `Storage` keeps as for `coroutine`. Whoever asks for
/// values is a fiber function, and pauses when the body does.
///
/// Calling the coroutine function only creates it; it starts at the first
/// `next()`. Destroying it destroys what is alive at its yield. What leaves the
/// body, also when the fiber is cancelled in there, ends it and comes out of
/// `next()`.
///
/// It belongs to one thread, and may be used by several fibers of it, one
/// `next()` at a time. Destroying it while a `next()` is under way ends the
/// process with a message. Misuse is reported as `errors.h` says and leaves it as
/// it was. A default-constructed or moved-from one has ended.
template <class Y, class Storage = heap_frame> class async_generator {
public:
  using yields = Y;
  using receives = void;
  using returns = void;
  using frame_type = weft_async_frame<Y>;
  using storage_type = Storage;
  using iterator = async_iterator<Y>;
  // Makes the frame's layout known to the tool.
  static_assert(sizeof(frame_type) >= sizeof(weft_async_activation));

  async_generator() noexcept = default;
  /// Constructs the frame `F`; called by generated code.
  template <class F, class... A>
  async_generator(in_frame<F> how, A&&... arguments)
      : storage(how, std::forward<A>(arguments)...) {}
  async_generator(async_generator&&) noexcept = default;
  async_generator& operator=(async_generator&&) noexcept = default;

  /// Runs to the next yield; suspends where the body does. Whether it yielded;
  /// false: it ended. Throws what leaves the body. Errors: ended, awaited.
  suspends<detail::next_awaiter<Y>> next()
      WEFT_AWAITER(detail::next_awaiter<Y>(storage.get()))

#if WEFT_HAS_EXCEPTIONS
  /// Throws `exception`, which is not null, at the yield, and goes on as
  /// `next()`. One that has not started ends, and the exception comes out of
  /// this call. Errors: ended, awaited.
  suspends<detail::raise_awaiter<Y>>
  raise([[maybe_unused]] std::exception_ptr exception)
      WEFT_AWAITER(detail::raise_awaiter<Y>(storage.get(), std::move(exception)))
#endif

  /// Destroys what is alive at the yield; the body never goes on. Nothing after
  /// the end. Errors: awaited.
  void close() {
    if (done())
      return;
    if (storage.get()->weft_is_awaited())
      detail::misuse(coroutine_errc::awaited);
    storage.reset();
  }

  /// Whether it has ended, also by an exception or by `close`.
  bool done() const noexcept {
    const frame_type* frame = storage.get();
    return frame == nullptr || frame->weft_is_over();
  }

  /// The yielded value: the object at the yield, or for a small trivial `Y` its
  /// copy in the frame. Valid until the next `next()`. Errors: no_value.
  template <class T = Y> std::remove_reference_t<T>& value() {
    frame_type* frame = storage.get();
    if (!detail::is_idle(frame) || frame->weft_state == 0)
      detail::misuse(coroutine_errc::no_value);
    return frame->weft_yielded();
  }

  /// Goes on to the first, or the next, value. Suspends. Errors: awaited.
  suspends<detail::first_awaiter<Y>> begin()
      WEFT_AWAITER(detail::first_awaiter<Y>(storage.get()))
  detail::end_of_values end() const noexcept { return {}; }

  /// For `weft_delegate`; null: it has ended.
  frame_type* weft_as_inner() noexcept { return storage.get(); }

private:
  typename Storage::template holder<frame_type> storage;
};

namespace detail {

/// The frame `F` is in the object.
template <class F> struct in_object {
  template <class Base> class holder {
  public:
    template <class... A,
              class = std::enable_if_t<!leads_with_allocator<A...>>>
    explicit holder(in_frame<F>, A&&... arguments)
        : frame(std::forward<A>(arguments)...) {
      entries<F>::name(frame, nullptr);
    }
    template <class Alloc, class... A>
    explicit holder(in_frame<F> how, std::allocator_arg_t, Alloc&&,
                    A&&... arguments)
        : holder(how, std::forward<A>(arguments)...) {}
    holder(const holder&) = delete;
    holder& operator=(const holder&) = delete;
    ~holder() { reset(); }

    Base* get() noexcept { return &frame; }
    const Base* get() const noexcept { return &frame; }
    void reset() noexcept { entries<F>::end(&frame); }

  private:
    F frame;
  };
};

} // namespace detail

template <class F>
class in_place<F, weft_async_activation>
    : public async_generator<typename F::weft_yields, detail::in_object<F>> {
public:
  /// For the coroutine function beside the one that returns this.
  using held_frame = F;
  using async_generator<typename F::weft_yields,
                        detail::in_object<F>>::async_generator;
};

} // namespace weft

#endif // WEFT_ASYNC_GENERATOR_H
