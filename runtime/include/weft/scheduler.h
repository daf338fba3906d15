// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The scheduler of one thread: what it keeps, and the loop.
//
// Order is deterministic: ready fibers run in the order in which they became
// ready. Timers that are due, and what other threads have sent, are looked at
// when no fiber is ready and after a fixed number of turns.
//
// Only `inject` and the reference count are for other threads.

#ifndef WEFT_SCHEDULER_H
#define WEFT_SCHEDULER_H

#include <weft/fiber_control.h>
#include <weft/poller.h>
#include <weft/timer_queue.h>
#include <weft/turn_record.h>

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>

namespace weft::detail {

/// Work that another thread sends. Lives in whoever sends it, until run.
struct injected {
  injected* next = nullptr;
  /// Called on the scheduler's thread, between fibers; may free this object.
  void (*run)(injected& self) noexcept = nullptr;
};

/// A piece of a fiber's stack of frames, which follow behind it.
struct frame_chunk {
  frame_chunk* previous;
  /// Where the free part begins, while this is not the one in `here`.
  char* top;
  std::size_t bytes;
  std::size_t reserved = 0;

  char* begin() const noexcept {
    return reinterpret_cast<char*>(const_cast<frame_chunk*>(this) + 1);
  }
  char* end() const noexcept {
    return reinterpret_cast<char*>(const_cast<frame_chunk*>(this)) + bytes;
  }
  /// Whether it is its fiber's first and nothing is on it up to `top`.
  bool is_empty(const char* top) const noexcept {
    return top == begin() && previous == nullptr;
  }
};
static_assert(sizeof(frame_chunk) % frame_align == 0);

class default_poller final : public poller {
public:
  void wait(time_point deadline) override;
  void poll() override {}
  void wake() noexcept override;
  bool has_sources() const noexcept override { return false; }

private:
  std::mutex mutex;
  std::condition_variable woken_up;
  bool woken = false;
};

/// What a step of a chain of frames came to.
enum class chain { paused, done, raised };

class scheduled_call;
class simulator;

class scheduler {
public:
  /// This thread's; made at its first use, ended with the thread.
  static scheduler& mine() {
    return WEFT_LIKELY(ready.home != nullptr) ? *ready.home : create();
  }

  /// Sends `work` to the thread and wakes it. Lock-free but for the waking.
  /// The caller holds a reference, or knows that the thread has not ended.
  void inject(injected& work) noexcept;
  void retain() noexcept { references.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept;

  /// Runs fibers until `target` has ended.
  void run_until_ended(fiber& target);
  /// Runs `frame`, the innermost of the running fiber, and its callers as they
  /// follow, until one pauses or the last has ended. When that raises, the
  /// exception is in `raised`; null: it was cancelled.
  chain run_chain(fiber& f, activation* frame);
  /// Behind a turn of the running fiber.
  void end_turn(fiber& f, chain how);

  /// Ends the frames of a fiber from the innermost outwards.
  void end_frames(fiber& f);
  /// The fiber's frames are gone.
  void finish(fiber& f, chain how) noexcept;
  /// Tells those who wait for the end of `f`.
  void tell_end(fiber& f) noexcept;
  /// Frees a spawned fiber that has ended.
  void dispose(fiber& f) noexcept;
  /// Frees a fiber that was prepared and not started: nothing of it runs.
  void drop(fiber& f) noexcept;
  /// Frees the block, when result and exception are gone.
  void free_block(fiber& f) noexcept {
    f.id = 0;
    fibers.give(&f, f.size_class);
  }

  void cancel(fiber& f) noexcept;
  /// Nobody holds the task any more.
  void detach(fiber& f) noexcept;

  /// Whether the loop is `run_observed`.
  bool is_observed() const noexcept {
    return simulated != nullptr || is_watched.load(std::memory_order_relaxed);
  }
  /// Behind a turn of `f`, which had this number, of such a loop or of a driving
  /// entry.
  void observe_turn(fiber& f, std::uint32_t id);

  poller* exchange_poller(poller* p) noexcept { return plugged.exchange(p); }

  std::uint32_t new_id() noexcept {
    if (WEFT_LIKELY(++last_id != 0))
      return last_id;
    return last_id = 1;
  }

  pool fibers; ///< control blocks, with arguments, result and first frame
  pool chunks; ///< of frames
  timer_queue timers;
  /// Fibers that wait for something external.
  std::size_t external_waits = 0;
  std::uint32_t last_id = 0;
  /// On its way from the frame that raised it to its caller.
  std::exception_ptr raised;
  /// The innermost driven call of this thread.
  scheduled_call* calls = nullptr;
  /// The chunk that became empty last, of those from the pool; may be null.
  frame_chunk* recent_chunk = nullptr;
  /// Large chunks of frames that are free.
  frame_chunk* spare = nullptr;
  unsigned spares = 0;
  /// The outermost frame of the chain that `run_chain` has run to its end.
  activation* last_frame = nullptr;
  /// What a foreign awaiter has handed over to; see await.h.
  void (*transfer)(void* frame) = nullptr;
  void* transfer_frame = nullptr;
  /// In the list of those of all threads.
  scheduler* next = nullptr;
  /// Decides the order of turns, and the time; null: nobody does.
  simulator* simulated = nullptr;
  /// While there is a watchdog.
  turn_record watched;
  /// What the thread runs, for debuggers; null: the thread has ended.
  const thread_context* thread = nullptr;
  /// The lowest address of the thread's native stack that may be used.
  const char* native_end = nullptr;

private:
  friend struct scheduler_owner;
  friend class simulator;
  static scheduler& create();
  scheduler();
  ~scheduler();

  chain step(activation* frame);
  [[gnu::cold, gnu::noinline]] chain step_raised(activation* frame);
  chain follow(fiber& f, activation* frame, activation* caller, chain how);
  void end_body(fiber& f) noexcept;
  void finish_raised(fiber& f) noexcept;
  /// Destroys the result or exception of one that has ended, which it leaves as it
  /// was but for that.
  void drop_outcome(fiber& f) noexcept;
  /// Resumes it at its pause, to throw `exception`; null: the cancellation.
  void resume_raised(fiber& f, std::exception_ptr exception);
  /// The loop while the thread is simulated or watched.
  void run_observed(fiber& target);
  /// What is due: timers, what was sent, the poller's events.
  void look_around();
  /// No fiber is ready: waits until one is.
  void wait_for_work();
  void run_injected() noexcept;
  poller& current_poller() noexcept {
    poller* other = plugged.load(std::memory_order_relaxed);
    return other != nullptr ? *other : own_poller;
  }
  enum class rest { none, comes, stays };
  rest end_all_fibers() noexcept;
  void end_outcomes() noexcept;
  void shut_down() noexcept;

  std::atomic<injected*> inbox{nullptr};
  std::atomic<std::size_t> references{1};
  default_poller own_poller;
  std::atomic<poller*> plugged{nullptr};
};

/// What `WEFT_PREEMPT` says: `always`, 1, or a number N, that a fiber switches at
/// every Nth checkpoint; 0, as for anything else: at none.
unsigned long checkpoints_between_switches() noexcept;

/// The lowest address of this thread's native stack, or one above it.
const char* find_native_end() noexcept;

/// In the list from when its thread makes it until it is freed. The first, and
/// what guards it.
extern scheduler* first_scheduler;
extern std::mutex scheduler_list;
void list_scheduler(scheduler& home) noexcept;
void unlist_scheduler(scheduler& home) noexcept;

/// As the environment asks for; at the beginning and the end of a thread's fibers.
void begin_simulation(scheduler& home);
void end_simulation(scheduler& home) noexcept;
/// How to run the thread's simulation again, to stderr, if it is simulated.
void print_replay() noexcept;

/// The runtime's own threads, less those that fibers wait for: they set no promises.
extern std::atomic<unsigned> helper_threads;
/// `WEFT_WATCHDOG`; asked for with the first scheduler.
void watch_by_environment();

/// What has left a frame is about to be thrown in its caller; null: that has been
/// resumed. See exception_trace.h.
void note_thrown_into(const activation* caller) noexcept;

/// Gives back the memory of a first frame that is not in its fiber's block.
void free_first_frame(void* frame) noexcept;
std::size_t first_frame_bytes(const void* frame) noexcept;
void free_spares(scheduler& home) noexcept;
/// Makes the scratch chunk the current one.
void enter_scratch();
inline frame_chunk* scratch_chunk() noexcept {
  return reinterpret_cast<frame_chunk*>(ready.scratch) - 1;
}
/// Makes `chunk` the current one, used up to `top`.
inline void set_current(const frame_chunk* chunk, char* top) noexcept {
  here.top = top;
  here.end = chunk->end();
  // The first is left when the fiber pauses, not when its last frame ends.
  here.base = chunk->previous != nullptr ? chunk->begin() : nullptr;
}
/// Makes the scratch chunk, which is there, the current one.
inline void enter_ready_scratch() noexcept {
  here.top = ready.scratch;
  here.end = scratch_chunk()->end();
  here.base = nullptr;
}
void leave_stack_slow(fiber& f);
/// Leaves the current chunk of frames, for `f` to come back to; not to be
/// called when that is the scratch chunk and empty.
inline void leave_stack(fiber& f) {
  if (WEFT_LIKELY(f.stack != nullptr && ready.scratch != nullptr &&
                  !f.stack->is_empty(here.top))) {
    f.stack->top = here.top;
    return enter_ready_scratch();
  }
  leave_stack_slow(f);
}
/// Goes back to it.
inline void enter_stack(const fiber& f) noexcept {
  set_current(f.stack, f.stack->top);
}

/// The frame of a fiber that is being driven, on the native stack: of a driving
/// entry (drive.h). On a thread that runs a fiber already, the callee runs
/// inside that one.
class scheduled_call {
public:
  explicit scheduled_call(const char* function,
                          bool bare = !WEFT_HAS_EXCEPTIONS);
  ~scheduled_call();
  scheduled_call(const scheduled_call&) = delete;
  scheduled_call& operator=(const scheduled_call&) = delete;

  /// Comes back when the function whose frame is `first` has ended; null: it
  /// has already. Throws what ended it.
  void finish(activation* first);

  const char* function;
  scheduled_call* outer;
  /// Null: it runs inside another.
  fiber* own = nullptr;

private:
  [[noreturn]] static void raise(const std::exception_ptr& exception);

  fiber own_block;
  activation* suspended_leaf = nullptr;
  thread_context outside;
  bool was_driven = false;
};

} // namespace weft::detail

#endif // WEFT_SCHEDULER_H
