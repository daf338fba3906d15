// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a coroutine's frame is kept.

#ifndef WEFT_STORAGE_H
#define WEFT_STORAGE_H

#include <weft/coroutine_frame.h>

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace weft {

/// Names the generated frame `F` to the constructor of a coroutine object.
template <class F> struct in_frame {};

namespace detail {

template <class T> struct type_identity { using type = T; };
template <class T> using type_identity_t = typename type_identity<T>::type;

template <class F> void resume_entry(weft_frame* frame) {
  static_cast<F*>(frame)->weft_run();
}

/// Ends the process: the frame is destroyed from inside itself.
[[noreturn]] void report_destroyed_while_running() noexcept;
/// Takes a frame that `root` only borrowed off its chain.
void release_borrowed(weft_frame& root) noexcept;

/// Before a frame is closed or destroyed.
inline void prepare_end(weft_frame& frame) noexcept {
  if (frame.weft_state == weft_frame::weft_running ||
      (frame.weft_flags & weft_frame::weft_busy))
    report_destroyed_while_running();
  if (frame.weft_flags & weft_frame::weft_has_borrowed)
    release_borrowed(frame);
}

template <class F> void end_frame(F& frame) {
  prepare_end(frame);
  frame.weft_unwind(0);
  std::destroy_at(std::addressof(frame));
}

/// A frame on the heap, alone.
template <class F> struct heap_entries {
  static void destroy(weft_frame* frame) {
    F* self = static_cast<F*>(frame);
    end_frame(*self);
    if constexpr (alignof(F) > __STDCPP_DEFAULT_NEW_ALIGNMENT__)
      ::operator delete(static_cast<void*>(self), sizeof(F),
                        std::align_val_t(alignof(F)));
    else
      ::operator delete(static_cast<void*>(self), sizeof(F));
  }
};

/// A frame beside the allocator that it came from.
template <class F, class Alloc> struct allocated_frame {
  F frame;
  Alloc allocator;

  using traits = typename std::allocator_traits<
      Alloc>::template rebind_traits<allocated_frame>;

  template <class... A>
  explicit allocated_frame(const Alloc& allocator, A&&... arguments)
      : frame(std::forward<A>(arguments)...), allocator(allocator) {}

  template <class... A>
  static weft_frame* create(const Alloc& from, A&&... arguments) {
    typename traits::allocator_type allocator(from);
    auto* made = std::addressof(*traits::allocate(allocator, 1));
    struct guard {
      typename traits::allocator_type& allocator;
      allocated_frame* made;
      ~guard() {
        if (made)
          traits::deallocate(
              allocator,
              std::pointer_traits<typename traits::pointer>::pointer_to(*made), 1);
      }
    } guard{allocator, made};
    ::new (static_cast<void*>(made))
        allocated_frame(from, std::forward<A>(arguments)...);
    guard.made = nullptr;
    made->frame.weft_resume = resume_entry<F>;
    made->frame.weft_destroy = destroy;
    return std::addressof(made->frame);
  }

  static void destroy(weft_frame* frame) {
    // `frame` is the first member, but F has bases: go back by its offset.
    F* self = static_cast<F*>(frame);
    auto* made = reinterpret_cast<allocated_frame*>(self);
    typename traits::allocator_type allocator(made->allocator);
    prepare_end(*frame);
    self->weft_unwind(0);
    std::destroy_at(made);
    traits::deallocate(
        allocator,
        std::pointer_traits<typename traits::pointer>::pointer_to(*made), 1);
  }
};

} // namespace detail

/// One allocation of exactly `sizeof(frame)`.
struct heap_frame {
  template <class Base> class holder {
  public:
    holder() noexcept = default;
    template <class F, class... A>
    explicit holder(in_frame<F>, A&&... arguments) {
      F* made = new F(std::forward<A>(arguments)...);
      made->weft_resume = detail::resume_entry<F>;
      made->weft_destroy = detail::heap_entries<F>::destroy;
      frame = made;
    }
    template <class F, class Alloc, class... A>
    explicit holder(in_frame<F>, std::allocator_arg_t, const Alloc& allocator,
                    A&&... arguments)
        : frame(static_cast<Base*>(static_cast<F*>(
              detail::allocated_frame<F, Alloc>::create(
                  allocator, std::forward<A>(arguments)...)))) {}
    holder(holder&& from) noexcept : frame(std::exchange(from.frame, nullptr)) {}
    holder& operator=(holder&& from) noexcept {
      if (this != &from) {
        reset();
        frame = std::exchange(from.frame, nullptr);
      }
      return *this;
    }
    ~holder() { reset(); }

    Base* get() const noexcept { return frame; }
    void reset() {
      if (Base* old = std::exchange(frame, nullptr))
        old->weft_destroy(old);
    }

  private:
    Base* frame = nullptr;
  };
};

/// The frame is inside the coroutine object, which cannot be moved. A frame of
/// more than `N` bytes is an error when the coroutine function is compiled.
template <std::size_t N, std::size_t Align = alignof(std::max_align_t)>
struct inline_frame {
  /// The bytes that frame `F` needs and those that are there, side by side in
  /// the compiler's message.
  template <std::size_t Needed, std::size_t Available> struct size_check {
    static_assert(Needed <= Available,
                  "the coroutine's frame does not fit its inline_frame: see "
                  "size_check<needed bytes, available bytes>");
  };

  template <class Base> class holder {
  public:
    holder() noexcept = default;
    template <class F, class... A> explicit holder(in_frame<F>, A&&... arguments) {
      (void)size_check<sizeof(F), N>();
      static_assert(alignof(F) <= Align,
                    "the frame needs a larger Align in inline_frame<N, Align>");
      F* made = ::new (static_cast<void*>(bytes))
          F(std::forward<A>(arguments)...);
      made->weft_resume = detail::resume_entry<F>;
      made->weft_destroy = [](weft_frame* frame) {
        detail::end_frame(*static_cast<F*>(frame));
      };
      base = made;
    }
    holder(const holder&) = delete;
    holder& operator=(const holder&) = delete;
    ~holder() { reset(); }

    Base* get() const noexcept { return base; }
    void reset() {
      if (Base* old = std::exchange(base, nullptr))
        old->weft_destroy(old);
    }

  private:
    Base* base = nullptr;
    alignas(Align) unsigned char bytes[N];
  };
};

} // namespace weft

#endif // WEFT_STORAGE_H
