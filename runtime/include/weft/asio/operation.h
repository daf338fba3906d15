// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What an Asio operation needs while a fiber waits for it: memory, a way to
// cancel it, and whom to wake. All of it lives in the awaiter.
//
// Cancelling the fiber emits Asio's per-operation cancellation and leaves it
// waiting: the kernel, or another fiber's buffers, may still be in use. When
// the operation then ends as aborted, `cancelled` is thrown at the wait; when
// it ends otherwise, its result is given and the next wait throws.

#ifndef WEFT_ASIO_OPERATION_H
#define WEFT_ASIO_OPERATION_H

#include <weft/asio/context.h>
#include <weft/awaiting.h>
#include <weft/memory.h>

#include <asio/cancellation_type.hpp>
#include <asio/error.hpp>

#include <cstddef>
#include <new>
#include <utility>

namespace weft::asio::detail {

/// Storage that Asio takes for its own record of an operation: one block at a
/// time, as operations that are made of several use it. What does not fit, or
/// comes second, is allocated.
class operation_memory {
public:
  void* take(std::size_t bytes) {
    if (bytes > sizeof(storage) || taken)
      return weft::detail::allocate(bytes);
    taken = true;
    return storage;
  }
  void give_back(void* block, std::size_t bytes) noexcept {
    if (block == storage)
      taken = false;
    else
      weft::detail::deallocate(block, bytes);
  }

private:
  // Enough for an operation on a socket or timer of this thread's context.
  alignas(std::max_align_t) std::byte storage[144];
  bool taken = false;
};

/// What Asio installs to have the operation cancelled.
class canceller {
public:
  canceller() noexcept = default;
  canceller(const canceller&) = delete;
  canceller& operator=(const canceller&) = delete;
  ~canceller() { clear(); }

  template <class Handler, class... A> Handler& emplace(A&&... arguments) {
    clear();
    void* at = storage;
    if constexpr (sizeof(Handler) > sizeof(storage))
      at = weft::detail::allocate(sizeof(Handler));
    auto* made = ::new (at) Handler(std::forward<A>(arguments)...);
    handler = made;
    call = [](void* of, ::asio::cancellation_type_t type) {
      (*static_cast<Handler*>(of))(type);
    };
    destroy = [](void* of) noexcept {
      static_cast<Handler*>(of)->~Handler();
      if constexpr (sizeof(Handler) > sizeof(storage))
        weft::detail::deallocate(of, sizeof(Handler));
    };
    return *made;
  }
  void clear() noexcept {
    if (handler != nullptr)
      destroy(std::exchange(handler, nullptr));
  }
  bool has_handler() const noexcept { return handler != nullptr; }
  void emit() {
    if (handler != nullptr)
      call(handler, ::asio::cancellation_type::all);
  }

private:
  void* handler = nullptr;
  void (*call)(void*, ::asio::cancellation_type_t) = nullptr;
  void (*destroy)(void*) noexcept = nullptr;
  alignas(std::max_align_t) std::byte storage[32];
};

/// A wait for an operation. In one place from its start to its end.
class operation_base {
public:
  operation_memory memory;
  canceller cancel;

  operation_base() noexcept = default;
  operation_base(const operation_base&) = delete;
  operation_base& operator=(const operation_base&) = delete;

  /// Whether the fiber may begin a wait: else `weft_wait` says what is wrong,
  /// and nothing must be under way.
  static bool may_start(const fiber& self) noexcept {
    return !(self.flags & (fiber::driven | fiber::cancel_pending));
  }

  void park(fiber& self) noexcept {
    waiter = &self;
    ++in_flight;
    self.park(kind, this);
  }
  /// The operation has ended, on the fiber's thread.
  void complete(bool aborted) noexcept {
    if (weft::detail::ready.home != home)
      weft::detail::abort_with(
          "an operation that a fiber waits for ended on another thread");
    if (waiter == nullptr) { // By the call that began it.
      completed = true;
      return;
    }
    --in_flight;
    if (aborted && is_cancelled()) {
      waiter->flags &= static_cast<std::uint8_t>(~fiber::cancel_pending);
      waiter->flags |= fiber::cancel_now;
    }
    waiter->wake();
  }
  /// The same for one that goes no further, because the fiber was cancelled.
  void complete_aborted(::asio::error_code& error) noexcept {
    error = ::asio::error::operation_aborted;
    complete(true);
  }
  bool has_completed() const noexcept { return completed; }
  /// Of a fiber that waits: whether it was cancelled meanwhile.
  bool is_cancelled() const noexcept {
    return waiter->flags & fiber::cancel_pending;
  }

private:
  static bool unlink(void* awaiter, fiber&) noexcept {
    static_cast<operation_base*>(awaiter)->cancel.emit();
    return false; // The handler is on its way.
  }
  static inline constexpr weft::detail::wait_kind kind{
      "an Asio operation", unlink, true};

  fiber* waiter = nullptr;
  weft::detail::scheduler* home = weft::detail::ready.home;
  bool completed = false;
};

/// `operation_memory` as an allocator.
template <class T> class operation_allocator {
public:
  using value_type = T;
  explicit operation_allocator(operation_memory& memory) noexcept
      : memory(&memory) {}
  template <class U>
  operation_allocator(const operation_allocator<U>& other) noexcept
      : memory(other.memory) {}

  T* allocate(std::size_t n) {
    static_assert(alignof(T) <= alignof(std::max_align_t));
    return static_cast<T*>(memory->take(n * sizeof(T)));
  }
  void deallocate(T* block, std::size_t n) noexcept {
    memory->give_back(block, n * sizeof(T));
  }

  template <class U>
  friend bool operator==(const operation_allocator& a,
                         const operation_allocator<U>& b) noexcept {
    return a.memory == b.memory;
  }
  template <class U>
  friend bool operator!=(const operation_allocator& a,
                         const operation_allocator<U>& b) noexcept {
    return !(a == b);
  }

private:
  template <class U> friend class operation_allocator;
  operation_memory* memory;
};

/// `canceller` as a cancellation slot.
class operation_slot {
public:
  explicit operation_slot(canceller& of) noexcept : of(&of) {}
  template <class Handler, class... A> Handler& emplace(A&&... arguments) {
    return of->emplace<Handler>(std::forward<A>(arguments)...);
  }
  template <class Handler> std::decay_t<Handler>& assign(Handler&& handler) {
    return emplace<std::decay_t<Handler>>(std::forward<Handler>(handler));
  }
  void clear() noexcept { of->clear(); }
  bool is_connected() const noexcept { return true; }
  bool has_handler() const noexcept { return of->has_handler(); }
  friend bool operator==(operation_slot a, operation_slot b) noexcept {
    return a.of == b.of;
  }
  friend bool operator!=(operation_slot a, operation_slot b) noexcept {
    return a.of != b.of;
  }

private:
  canceller* of;
};

/// What every completion handler of a fiber has.
class completion_base {
public:
  using allocator_type = operation_allocator<void>;
  using cancellation_slot_type = operation_slot;

  explicit completion_base(operation_base& of) noexcept : of(&of) {}
  allocator_type get_allocator() const noexcept {
    return allocator_type(of->memory);
  }
  cancellation_slot_type get_cancellation_slot() const noexcept {
    return cancellation_slot_type(of->cancel);
  }

private:
  operation_base* of;
};

} // namespace weft::asio::detail

#endif // WEFT_ASIO_OPERATION_H
