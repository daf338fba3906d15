// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a coroutine's frame is kept.

#ifndef WEFT_STORAGE_H
#define WEFT_STORAGE_H

#include <weft/coroutine_frame.h>
#include <weft/kept_storage.h>

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace weft {

namespace detail {

/// Whether the arguments of a coroutine begin with `std::allocator_arg` and an
/// allocator. These two choose the storage; the frame gets what follows.
template <class... A> inline constexpr bool leads_with_allocator = false;
template <class Tag, class Alloc, class... A>
inline constexpr bool leads_with_allocator<Tag, Alloc, A...> =
    std::is_same_v<std::remove_cv_t<std::remove_reference_t<Tag>>,
                   std::allocator_arg_t>;

/// Aligned: it is short and entered again and again, and costs a quarter more
/// where it happens to straddle the lines that processors fetch.
template <class F> [[gnu::aligned(64)]] void resume_entry(weft_frame* frame) {
  F& self = *static_cast<F*>(frame);
  if constexpr (F::weft_can_delegate) {
    const bool is_root = self.weft_link == nullptr;
    self.weft_run();
    // A root that has handed over; of inner frames the chain takes care.
    if (is_root && !WEFT_LIKELY(self.weft_link == nullptr))
      begin_chain(self);
  } else {
    self.weft_run();
  }
}

/// Ends the process: the frame is destroyed while it, or a frame that it works
/// for, still needs it.
[[noreturn]] void report_destroyed_in_use(const weft_frame& frame) noexcept;
/// Takes `root` out of its chain: ends the frames that it owns there, the
/// innermost first, and sets one that it only borrowed free.
void end_chain(weft_frame& root) noexcept;

/// Before a frame is closed or destroyed.
template <class F> void prepare_end(F& frame) noexcept {
  if (frame.weft_state == weft_frame::weft_running ||
      frame.weft_marks & weft_frame::weft_delegated || frame.weft_runs_inside())
    report_destroyed_in_use(frame);
  if constexpr (F::weft_can_delegate) {
    if (frame.weft_link != nullptr)
      end_chain(frame);
  }
}

/// Ends an activation where it pauses; its frame stays.
template <class F> void end_frame(weft_frame* frame) noexcept {
  F* self = static_cast<F*>(frame);
  if (self->weft_state == weft_frame::weft_ended &&
      !(self->weft_marks & weft_frame::weft_delegated))
    return; // Nothing is alive in it.
  prepare_end(*self);
  self->weft_finish(); // First, for destructors that look at it.
  self->weft_unwind(0);
}

/// Says, once, whether the frame is to stay.
inline bool take_ends_only(weft_frame& frame) noexcept {
  if (!(frame.weft_marks & weft_frame::weft_ends_only))
    return false;
  frame.weft_marks &= ~weft_frame::weft_ends_only;
  return true;
}

/// How a frame that begins with a `Root` is resumed and ended.
template <class F, class Root = typename F::weft_root> struct entries;
template <class F> struct entries<F, weft_frame> {
  static void name(F& frame, weft_frame::entry destroy) noexcept {
    frame.weft_resume = resume_entry<F>;
    frame.weft_destroy = destroy;
  }
  /// Ends the activation where it pauses; whether the frame is to go, too.
  static bool end(weft_frame* frame) noexcept {
    if (frame->weft_state == weft_frame::weft_ended && frame->weft_marks == 0)
      return true; // Nothing is alive in it.
    const bool stays = take_ends_only(*frame);
    end_frame<F>(frame);
    return !stays;
  }
};

/// A frame on the heap, alone. What is made by one of these with `Keep` is deleted by
/// the other: parts of a program may choose differently.
template <class F, bool Keep> void delete_frame(typename F::weft_root* root) noexcept {
  if (!entries<F>::end(root))
    return;
  F* frame = static_cast<F*>(root);
  if constexpr (Keep && storage_for<F>::can_be_kept) {
    std::destroy_at(frame);
    storage_for<F>::give(frame);
  } else {
    delete frame;
  }
}
template <class F, bool Keep, class... A> F* new_frame(A&&... arguments) {
  if constexpr (Keep && storage_for<F>::can_be_kept) {
    // Gives the storage back when a parameter's constructor throws.
    struct owner {
      void* storage = storage_for<F>::take();
      ~owner() {
        if (storage != nullptr)
          storage_for<F>::give(storage);
      }
    } owned;
    F* made = ::new (owned.storage) F(std::forward<A>(arguments)...);
    owned.storage = nullptr;
    return made;
  } else {
    return new F(std::forward<A>(arguments)...);
  }
}

/// A frame beside the allocator that it came from, unless any allocator of that
/// type will do.
template <class F, class Alloc,
          bool = std::allocator_traits<Alloc>::is_always_equal::value &&
                 std::is_default_constructible_v<Alloc>>
struct allocated_frame {
  F frame;

  template <class... A>
  explicit allocated_frame(const Alloc&, A&&... arguments)
      : frame(std::forward<A>(arguments)...) {}
  Alloc get_allocator() const noexcept { return Alloc(); }
};
template <class F, class Alloc> struct allocated_frame<F, Alloc, false> {
  F frame;
  Alloc allocator;

  template <class... A>
  explicit allocated_frame(const Alloc& allocator, A&&... arguments)
      : frame(std::forward<A>(arguments)...), allocator(allocator) {}
  const Alloc& get_allocator() const noexcept { return allocator; }
};

/// How such frames are made and freed.
template <class F, class Alloc> struct allocated {
  using block = allocated_frame<F, Alloc>;
  using traits =
      typename std::allocator_traits<Alloc>::template rebind_traits<block>;
  using allocator_type = typename traits::allocator_type;
  using pointer = typename traits::pointer;

  /// Frees a block on every way out.
  struct deallocation {
    allocator_type allocator;
    pointer at;
    bool armed;
    ~deallocation() {
      if (armed)
        traits::deallocate(allocator, at, 1);
    }
  };

  template <class... A>
  static F* create(const Alloc& from, A&&... arguments) {
    allocator_type allocator(from);
    pointer at = traits::allocate(allocator, 1);
    deallocation guard{allocator, at, true};
    auto* made = ::new (static_cast<void*>(std::addressof(*at)))
        block(from, std::forward<A>(arguments)...);
    guard.armed = false;
    entries<F>::name(made->frame, destroy);
    return std::addressof(made->frame);
  }

  static void destroy(typename F::weft_root* frame) noexcept {
    if (!entries<F>::end(frame))
      return;
    // The frame stands at the front of its block.
    auto* made = reinterpret_cast<block*>(static_cast<F*>(frame));
    deallocation guard{allocator_type(made->get_allocator()),
                       std::pointer_traits<pointer>::pointer_to(*made), true};
    std::destroy_at(made);
  }
};

} // namespace detail

/// One allocation of `sizeof(frame)`. Small ones are rounded up to a multiple of 32
/// bytes, and a thread keeps the storage of up to eight ended frames of each such size
/// for those that begin next.
struct heap_frame {
  template <class Base> class holder {
  public:
    holder() noexcept = default;
    template <class F, class... A,
              class = std::enable_if_t<!detail::leads_with_allocator<A...>>>
    explicit holder(in_frame<F>, A&&... arguments) {
      constexpr bool keep = WEFT_KEEP_FRAMES;
      F* made = detail::new_frame<F, keep>(std::forward<A>(arguments)...);
      detail::entries<F>::name(*made, detail::delete_frame<F, keep>);
      frame = made;
    }
    template <class F, class Alloc, class... A>
    explicit holder(in_frame<F>, std::allocator_arg_t, Alloc&& allocator,
                    A&&... arguments)
        : frame(detail::allocated<
                F, std::remove_cv_t<std::remove_reference_t<Alloc>>>::
                    create(allocator, std::forward<A>(arguments)...)) {}
    holder(holder&& from) noexcept : frame(std::exchange(from.frame, nullptr)) {}
    holder& operator=(holder&& from) noexcept {
      // What `from` is part of may die with the frame that this one held.
      Base* taken = std::exchange(from.frame, nullptr);
      reset();
      frame = taken;
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
    template <class F, class... A,
              class = std::enable_if_t<!detail::leads_with_allocator<A...>>>
    explicit holder(in_frame<F>, A&&... arguments) {
      (void)size_check<sizeof(F), N>();
      static_assert(alignof(F) <= Align,
                    "the frame needs a larger Align in inline_frame<N, Align>");
      F* made = ::new (static_cast<void*>(bytes))
          F(std::forward<A>(arguments)...);
      detail::entries<F>::name(*made, [](typename F::weft_root* at) noexcept {
        if (detail::entries<F>::end(at))
          std::destroy_at(static_cast<F*>(at));
      });
      base = made;
    }
    template <class F, class Alloc, class... A>
    explicit holder(in_frame<F> how, std::allocator_arg_t, Alloc&&,
                    A&&... arguments)
        : holder(how, std::forward<A>(arguments)...) {}
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
