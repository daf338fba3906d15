// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Storage for objects whose lifetime the generated code manages.

#ifndef WEFT_SLOT_H
#define WEFT_SLOT_H

#include <weft/config.h>

#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace weft {

/// Raw storage for one `T`, aligned for it. It neither constructs nor destroys
/// by itself: the generated code does, where the source declares the object
/// and where its scope ends. A union, so that debuggers show the object.
///
/// Costs nothing beyond `sizeof(T)`.
template <class T> union slot {
  T value;

  slot() noexcept {}
  ~slot() {}
  slot(const slot&) = delete;
  slot& operator=(const slot&) = delete;

  /// The address to construct at.
  void* storage() noexcept {
    return const_cast<void*>(
        static_cast<const volatile void*>(std::addressof(value)));
  }

  /// Constructs in place from what `make` returns, without a copy or a move
  /// ([dcl.init]/17.6.1, C++17).
  template <class Make> void emplace_from(Make&& make) {
    ::new (storage()) std::remove_cv_t<T>(std::forward<Make>(make)());
  }

  // `weft_alive` says whether there is an object; GCC 13 and later do not see it.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
  void destroy() { std::destroy_at(std::addressof(value)); }
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
};

template <class T> union slot<T&> {
  static_assert(!sizeof(T*), "weft: a variable of dependent type that lives "
                             "across a pause turns out to be a reference; "
                             "declare it as one");
};

/// An array as a class, so that an array object can be initialised in place.
template <class T> struct box {
  T value;
};

/// An array's slot constructs the whole array or nothing.
template <class T> using array_slot = slot<box<T>>;

/// The storage of a part of an object that is constructed part by part: a member,
/// an element, a base. Used as a `slot`.
template <class T> class part {
public:
  explicit part(T& place) noexcept
      : at(const_cast<void*>(
            static_cast<const volatile void*>(std::addressof(place)))) {}

  void* storage() const noexcept { return at; }
  template <class Make> void emplace_from(Make&& make) const {
    ::new (at) std::remove_cv_t<T>(std::forward<Make>(make)());
  }
  void destroy() const { std::destroy_at(static_cast<std::remove_cv_t<T>*>(at)); }

private:
  void* at;
};

/// A scope's end, as the stack sees it: when an exception leaves the activation
/// `F` (it is still running, neither paused nor ended), destroys what is alive
/// beyond `level` while the exception is in flight.
#if WEFT_HAS_EXCEPTIONS
template <class F> class unwinder {
public:
  explicit unwinder(F& frame, unsigned level) noexcept
      : frame(frame), level(level) {}
  // Inlined, or else this object, and with it the frame's address, has to be
  // in memory, which costs every resumption.
  [[gnu::always_inline]] ~unwinder() {
    if (frame.weft_state == F::weft_running)
      frame.weft_unwind(level);
  }
  unwinder(const unwinder&) = delete;
  unwinder& operator=(const unwinder&) = delete;

private:
  F& frame;
  unsigned level;
};

/// The outermost scope of an activation: the exception also ends it.
template <class F> class ender {
public:
  explicit ender(F& frame) noexcept : frame(frame) {}
  [[gnu::always_inline]] ~ender() {
    if (frame.weft_state == F::weft_running) {
      frame.weft_drop_result();
      frame.weft_unwind(0);
      frame.weft_finish();
    }
  }
  ender(const ender&) = delete;
  ender& operator=(const ender&) = delete;

private:
  F& frame;
};
#else
template <class F> struct unwinder {
  explicit unwinder(F&, unsigned) noexcept {}
};
template <class F> struct ender {
  explicit ender(F&) noexcept {}
};
#endif

} // namespace weft

#endif // WEFT_SLOT_H
