// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fibers that another one waits for, and that never outlive that wait: what
// `with_scope`, `with_timeout`, `when_all`, `when_any` and `shield` are made of.
//
// The children are fibers of their own, and not functions that the parent calls,
// so that cancelling them is something else than cancelling the parent, also
// without exceptions. While the parent waits nothing takes it out of the wait:
// cancelled, it cancels the children, and ends when they have. They are made when
// the awaiter is, and started when the parent has paused; should it come to no
// pause, they are dropped, and nothing of them has run.

#ifndef WEFT_GROUP_H
#define WEFT_GROUP_H

#include <weft/awaiting.h>
#include <weft/scheduler.h>
#include <weft/spawn.h>

#include <type_traits>
#include <utility>

namespace weft::detail {

class group;

/// A child's place in its group; part of the child's block.
struct child : end_listener {
  group* of = nullptr;
  fiber* body = nullptr;
  child* next_child = nullptr;
  child* previous_child = nullptr;
};

/// Whether `f` ended by an exception; a cancellation is none.
inline bool has_failed(const fiber& f) noexcept {
  return f.flags & fiber::raised && f.exception.value != nullptr;
}
inline bool was_cancelled(const fiber& f) noexcept {
  return f.flags & fiber::raised && f.exception.value == nullptr;
}

/// The children that have not ended, in the order in which they came, and the
/// awaiter of their ends.
class group {
public:
  group(const group&) = delete;
  group& operator=(const group&) = delete;

  /// Of which `f` is a child; null: of none.
  static fiber* parent_of(const fiber& f) noexcept;

  bool await_ready() const noexcept { return false; }
  void weft_suspend(fiber& self) noexcept {
    start(self);
    self.park(kind, this);
  }

  /// `made` is prepared. Starts with the others, or at once when these have.
  template <class Block> Block& add(Block& made) noexcept {
    made.extra.body = &made;
    insert(made.extra);
    return made;
  }

protected:
  /// The first child whose end is such that this says yes decides: the others are
  /// cancelled.
  using deciding = bool (*)(const fiber& ended) noexcept;

  explicit group(deciding decides) noexcept : decides(decides) {}
  ~group() = default;

  /// `self` is about to wait.
  void start(fiber& self) noexcept;
  /// Those that have not ended, but `spared`, and, if that is null, those to come.
  void cancel(const child* spared) noexcept;

  static bool unlink(void* awaiter, fiber& waiter) noexcept;
  static bool met(void* awaiter, const void* by) noexcept;
  static const wait_kind kind;

  child* decided = nullptr;

private:
  void insert(child& made) noexcept;
  void remove(child& ended) noexcept;
  static void child_ended(end_listener& at) noexcept;

  deciding decides;
  fiber* parent = nullptr;
  child* first = nullptr;
  child* last = nullptr;
  bool closing = false;
};

/// The result of calling an `F`, as `prepare` does.
template <class F, class... A> struct call_result {
  using type = typename std::remove_reference_t<decltype(prepare<child>(
      std::declval<source_place>(), std::declval<F>(),
      std::declval<A>()...))>::result_type;
};
template <class F, class... A>
using call_result_t = typename call_result<F, A...>::type;

/// A child whose result the parent takes. Owns its block.
template <class R> class kept_child {
public:
  template <class Block>
  explicit kept_child(Block& made) noexcept
      : block(&made), place(&made.extra) {}
  kept_child(const kept_child&) = delete;
  kept_child& operator=(const kept_child&) = delete;
  ~kept_child() {
    if (has_ended())
      ready.home->dispose(*block);
    else
      ready.home->drop(*block);
  }

  const fiber& body() const noexcept { return *block; }
  bool has_ended() const noexcept { return block->flags & fiber::ended; }
  bool is(const child* other) const noexcept { return place == other; }
  child& as_child() const noexcept { return *place; }
  /// Of one that has ended: its result, moved, or throws what ended it. Once.
  R take() {
    if (block->flags & fiber::raised) {
      block->flags |= fiber::asked;
      throw_ended(*block);
    }
    return block->take();
  }

private:
  task_block<R>* block;
  child* place;
};

} // namespace weft::detail

#endif // WEFT_GROUP_H
