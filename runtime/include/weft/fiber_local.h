// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Values that belong to a fiber.

#ifndef WEFT_FIBER_LOCAL_H
#define WEFT_FIBER_LOCAL_H

#include <weft/group.h>
#include <weft/memory.h>

#include <cstdint>
#include <utility>

namespace weft {

namespace detail {

/// A fiber's value of one `fiber_local`; told when the fiber ends.
template <class T> struct local_value : end_listener {
  std::uint64_t key;
  T value;

  local_value(std::uint64_t key, T&& value) : key(key), value(std::move(value)) {
    this->ended = destroy;
  }
  static void destroy(end_listener& at) noexcept {
    auto* self = static_cast<local_value*>(&at);
    self->~local_value();
    deallocate(self, sizeof(local_value));
  }
  /// That of `f`, or null.
  static local_value* of(const fiber& f, std::uint64_t key) noexcept {
    for (end_listener* at = f.listeners; at != nullptr; at = at->next)
      if (at->ended == destroy && static_cast<local_value*>(at)->key == key)
        return static_cast<local_value*>(at);
    return nullptr;
  }
};

std::uint64_t new_local_key() noexcept;

} // namespace detail

/// A variable of which each fiber has its own value, once it has set one. Until
/// then it sees that of the fiber that waits for it in a `with_scope`,
/// `with_timeout`, `when_all`, `when_any` or `shield`, and so on outwards; at last,
/// and in a fiber of `weft::spawn`, the default. What a child sets its parent does
/// not see.
///
/// The value goes when the fiber has ended, on its thread. A `fiber_local` may be
/// used on any thread, and may go before the fibers. Setting allocates the first
/// time in a fiber. O(values of the fiber and those around it).
template <class T> class fiber_local {
public:
  explicit fiber_local(T initial = T()) : initial(std::move(initial)) {}
  fiber_local(const fiber_local&) = delete;
  fiber_local& operator=(const fiber_local&) = delete;

  /// Valid until the fiber sets another, or ends.
  const T& get() const noexcept {
    for (const fiber* f = detail::here.running; f != nullptr;
         f = detail::group::parent_of(*f))
      if (const auto* found = value::of(*f, key))
        return found->value;
    return initial;
  }
  const T& operator*() const noexcept { return get(); }
  const T* operator->() const noexcept { return &get(); }

  /// For the running fiber. `fiber_errc::no_fiber`: there is none.
  void set(T to) {
    fiber* f = detail::here.running;
    if (f == nullptr)
      detail::fiber_misuse(fiber_errc::no_fiber);
    if (auto* found = value::of(*f, key)) {
      found->value = std::move(to);
      return;
    }
    value* made =
        ::new (detail::allocate(sizeof(value))) value(key, std::move(to));
    made->next = std::exchange(f->listeners, made);
  }

private:
  using value = detail::local_value<T>;

  std::uint64_t key = detail::new_local_key();
  T initial;
};

} // namespace weft

#endif // WEFT_FIBER_LOCAL_H
