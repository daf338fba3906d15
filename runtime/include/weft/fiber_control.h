// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The fiber as the scheduler sees it, and the queue of those that are ready.
//
// A fiber belongs to the thread that made it; everything here is touched by
// that thread only. A fiber is in one of these places: running; in the queue of
// ready ones, by `next`; parked, when `waiting` says on what kind of thing and
// `awaiter` on which; ended.

#ifndef WEFT_FIBER_CONTROL_H
#define WEFT_FIBER_CONTROL_H

#include <weft/activation.h>
#include <weft/fiber_errors.h>
#include <weft/pool.h>

#include <exception>

namespace weft {

namespace detail {

struct frame_chunk;
class scheduler;

/// A kind of wait. There is one constant object for each.
struct wait_kind {
  /// For reports: "receive on a channel".
  const char* what;
  /// Takes the waiter out of what it waits on, so that nothing wakes it any
  /// more; false when the wake-up is on its way, or when that is impossible.
  /// Null: there is nothing to take it out of, it stands in the ready queue.
  bool (*unlink)(void* awaiter, fiber& waiter) noexcept;
  /// Of one that `unlink` may refuse: whether the wait then ends soon all the
  /// same, by something outside of this thread's fibers.
  bool ends_soon = false;
  /// What is waited on, for reports; may be null.
  const void* (*object)(const void* awaiter) noexcept = nullptr;
  /// Of a wait for several things: `by`, one of them, has come. Gives up the
  /// others, and says whether the wait is over. Null: it is.
  bool (*met)(void* awaiter, const void* by) noexcept = nullptr;
};

/// Not started; ceded control.
inline constexpr wait_kind not_started{"its start", nullptr};
inline constexpr wait_kind yielded{"its turn", nullptr};

/// What a fiber runs, for one that was spawned.
struct fiber_body {
  /// Destroys the callable and the arguments; null: nothing to do.
  void (*end)(fiber&) noexcept;
  /// Destroys the result; null: nothing to do.
  void (*drop_result)(fiber&) noexcept;
};

/// Told when a fiber ends; lives in whoever waits for that.
struct end_listener {
  end_listener* next = nullptr;
  /// May free this object.
  void (*ended)(end_listener& self) noexcept = nullptr;
};

} // namespace detail

/// A fiber's control block. A program has no business with it but to pass it on
/// in awaiters of its own, see awaiting.h.
class fiber {
public:
  enum : std::uint8_t {
    ended = 1,
    raised = 2,          ///< ended by an exception; a null one: by cancellation
    detached = 4,        ///< nobody holds its task
    asked = 8,           ///< somebody has taken its result or exception
    cancel_pending = 16, ///< to be thrown at the next wait
    cancel_now = 32,     ///< to be thrown where it is paused
    driven = 64,         ///< a driven function runs in it, which cannot pause
    bare = 128           ///< from code without exceptions
  };

  static constexpr unsigned most_lines = (1u << 17) - 1;

  union {
    fiber* next;   ///< while ready
    void* awaiter; ///< while parked
  };
  /// Null when its wait is over. Of a running one it says nothing.
  const detail::wait_kind* waiting = nullptr;
  union {
    activation* leaf; ///< the innermost frame, of a fiber that is paused
    /// Of one that has ended, when `raised`.
    slot<std::exception_ptr> exception;
  };
  /// The last chunk of its frames; null: it has none but the first frame.
  detail::frame_chunk* stack = nullptr;
  const detail::fiber_body* body = nullptr; ///< null: it is driven
  detail::end_listener* listeners = nullptr;
  /// Of the place where it was spawned; of one that is driven, the function.
  const char* place;
  std::uint32_t id = 0;
  /// The last line that fits stands for those beyond.
  std::uint32_t line : 17;
  /// Its first frame is not in its block.
  std::uint32_t separate_frame : 1;
  /// Of its block.
  std::uint32_t size_class : 6;
  std::uint8_t flags = 0;

  explicit fiber(const char* place, unsigned line = 0) noexcept
      : leaf(nullptr), place(place),
        line(line < most_lines ? line : most_lines), separate_frame(0),
        size_class(0) {}
  ~fiber() {}
  fiber(const fiber&) = delete;
  fiber& operator=(const fiber&) = delete;

  /// Parks: until `wake` or a cancellation.
  void park(const detail::wait_kind& kind, void* where) noexcept {
    waiting = &kind;
    awaiter = where;
  }
  /// Ends the wait. On the fiber's thread.
  inline void wake() noexcept;
};
static_assert(sizeof(void*) != 8 || sizeof(fiber) == 64,
              "the control block has grown");

namespace detail {

/// What the scheduler of this thread needs all the time. Constant-initialised,
/// as `here` is.
struct ready_context {
  /// The queue of ready fibers, in the order in which they became ready.
  fiber* first = nullptr;
  fiber* last = nullptr;
  /// Where the chunk begins that fibers without one use until they pause with
  /// frames on it: then it becomes theirs.
  char* scratch = nullptr;
  /// What the loop is to do when the running fiber pauses. Ceding control is
  /// left to the loop because it has the fiber at hand, which an awaiter would
  /// have to find through memory.
  enum : std::uint8_t {
    cede = 1,     ///< put the fiber at the end of the queue
    go_on = 2,    ///< a frame was not run: run it, on the empty native stack
    hand_over = 4 ///< call `scheduler::transfer`
  };
  std::uint8_t after = 0;
  /// The fiber being spawned.
  fiber* spawning = nullptr;
  /// Null before the first fiber.
  scheduler* home = nullptr;
};
inline thread_local ready_context ready;

inline void push_ready(fiber& f) noexcept {
  f.next = nullptr;
  if (ready.first == nullptr)
    ready.first = &f;
  else
    ready.last->next = &f;
  ready.last = &f;
}

} // namespace detail

inline void fiber::wake() noexcept {
  waiting = nullptr;
  detail::push_ready(*this);
}

namespace detail {

/// `by`, which `f` waits for, perhaps among others, has come.
inline void meet(fiber& f, const void* by) noexcept {
  if (WEFT_LIKELY(f.waiting->met == nullptr) || f.waiting->met(f.awaiter, by))
    f.wake();
}

/// A cancellation that came while the wait could not be given up is thrown at
/// the end of this wait, not at the next.
inline void throw_pending(fiber& f) noexcept {
  if (f.flags & fiber::cancel_pending)
    f.flags ^= fiber::cancel_pending | fiber::cancel_now;
}

} // namespace detail

} // namespace weft

#endif // WEFT_FIBER_CONTROL_H
