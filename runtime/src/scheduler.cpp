// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The loop of the scheduler, and how fibers start, pause and end in it.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/awaiting.h>
#include <weft/scheduler.h>

#include <cstdio>
#include <cstdlib>
#include <new>

namespace weft::detail {

namespace {

/// After so many turns the loop looks at timers and at what was sent.
constexpr unsigned turns_between_looks = 64;

} // namespace

/// Ends the scheduler with its thread.
struct scheduler_owner {
  scheduler* home = nullptr;
  ~scheduler_owner() {
    if (home != nullptr)
      home->shut_down();
  }
};

scheduler::scheduler() { native_end = find_native_end(); }
scheduler::~scheduler() { unlist_scheduler(*this); }

scheduler& scheduler::create() {
  static thread_local scheduler_owner owner;
  scheduler* home = ::new (allocate(sizeof(scheduler))) scheduler;
  owner.home = home;
  ready.home = home;
  home->thread = &here;
  list_scheduler(*home);
  slice_over = checkpoints_between_switches() != 0;
  begin_simulation(*home);
  watch_by_environment();
  return *home;
}

void scheduler::release() noexcept {
  if (references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    this->~scheduler();
    deallocate(this, sizeof(scheduler));
  }
}

/// Ends the fibers where they are paused. Those that what they wait for does not
/// let go are left: because it comes soon, or because it may never.
scheduler::rest scheduler::end_all_fibers() noexcept {
  rest left = rest::none;
  // Ending a fiber may end, or spawn, others.
  for (bool found = true; found;) {
    found = false;
    left = rest::none;
    fibers.for_each([&](void* block) {
      fiber& f = *static_cast<fiber*>(block);
      if (f.id == 0 || f.flags & fiber::ended)
        return;
      // What another thread or a foreign awaitable points at cannot be freed.
      if (f.waiting != nullptr && f.waiting->unlink != nullptr &&
          !f.waiting->unlink(f.awaiter, f)) {
        f.flags |= fiber::cancel_pending;
        if (left != rest::comes)
          left = f.waiting != nullptr && f.waiting->ends_soon ? rest::comes
                                                              : rest::stays;
        return;
      }
      found = true;
      if (here.top != ready.scratch)
        enter_scratch();
      here.running = &f;
      if (f.stack != nullptr)
        enter_stack(f);
      f.waiting = nullptr;
      f.flags |= fiber::driven;
      end_frames(f);
      raised = nullptr;
      finish(f, chain::raised);
    });
  }
  return left;
}

/// Of those that have ended and whose task outlives the thread's fibers. What a
/// result destroys may hold the task of another of them.
void scheduler::end_outcomes() noexcept {
  fibers.for_each([&](void* block) {
    fiber& f = *static_cast<fiber*>(block);
    if (f.id == 0 || !(f.flags & fiber::ended))
      return;
    drop_outcome(f);
    f.flags |= fiber::raised;
    ::new (f.exception.storage()) std::exception_ptr();
  });
}

void scheduler::shut_down() noexcept {
  end_simulation(*this);
  rest left;
  std::uint32_t spawned;
  do {
    // What an event loop or a helper thread points at, these give back.
    while ((left = end_all_fibers()) == rest::comes) {
      current_poller().wait(poller::time_point::max());
      run_injected();
    }
    spawned = last_id;
    if (left == rest::none)
      end_outcomes();
  } while (spawned != last_id);
  thread = nullptr;
  if (left == rest::stays)
    return;
  if (poller* p = plugged.exchange(nullptr))
    p->thread_ends();
  here = thread_context();
  ready = ready_context();
  free_spares(*this);
  fibers.release();
  chunks.release();
  release();
}

// Turns.

/// One step of `frame`. When it raises, that is the state of its caller.
[[gnu::always_inline]] inline chain scheduler::step(activation* frame) {
#if WEFT_HAS_EXCEPTIONS
  try {
#endif
    return frame->weft_step(frame, weft::step::run) == outcome::paused ? chain::paused
                                                             : chain::done;
#if WEFT_HAS_EXCEPTIONS
  } catch (const cancelled&) {
    raised = nullptr;
  } catch (...) {
    raised = std::current_exception();
  }
  return chain::raised;
#endif
}

/// The same of one that called what has raised.
chain scheduler::step_raised(activation* frame) {
  frame->weft_flags |= activation::weft_raised;
  note_thrown_into(frame);
  const chain how = step(frame);
  note_thrown_into(nullptr);
  return how;
}

/// Goes on behind a step of `frame`, whose caller is `caller`, that came to
/// `how`.
[[gnu::always_inline]] inline chain
scheduler::follow(fiber& f, activation* frame, activation* caller, chain how) {
  for (;;) {
    if (how == chain::paused) {
      if (WEFT_LIKELY(!(ready.after & ready_context::go_on)))
        return chain::paused;
      ready.after = 0;
      frame = f.leaf;
    } else {
      if (caller == nullptr) {
        last_frame = frame;
        return how;
      }
      frame = caller;
    }
    // A frame that has ended is no more.
    caller = frame->weft_caller;
    how = WEFT_LIKELY(how != chain::raised) ? step(frame) : step_raised(frame);
  }
}

chain scheduler::run_chain(fiber& f, activation* frame) {
  activation* caller = frame->weft_caller;
  return follow(f, frame, caller, step(frame));
}

void scheduler::end_turn(fiber& f, chain how) {
  if (how != chain::paused)
    return finish(f, how);
  if (here.top != ready.scratch)
    leave_stack(f);
  here.running = nullptr;
  switch (std::exchange(ready.after, std::uint8_t(0))) {
  case ready_context::cede:
    f.waiting = &yielded;
    push_ready(f);
    break;
  case ready_context::hand_over:
    transfer(transfer_frame);
    break;
  }
}

void scheduler::resume_raised(fiber& f, std::exception_ptr exception) {
  f.flags &= static_cast<std::uint8_t>(~fiber::cancel_now);
  if (f.waiting != &not_started && !(f.flags & fiber::bare)) {
    f.leaf->weft_flags |= activation::weft_raised;
    raised = std::move(exception);
    here.running = &f;
    if (f.stack != nullptr)
      enter_stack(f);
    return end_turn(f, run_chain(f, f.leaf));
  }
  here.running = &f;
  if (f.stack != nullptr)
    enter_stack(f);
  // Destructors cannot wait.
  f.flags |= fiber::driven;
  end_frames(f);
  raised = nullptr;
  finish(f, chain::raised);
}

void scheduler::end_frames(fiber& f) {
  for (activation* frame = f.leaf; frame != nullptr;) {
    activation* caller = frame->weft_caller;
    frame->weft_step(frame, weft::step::end);
    last_frame = frame;
    frame = caller;
  }
}

void scheduler::finish(fiber& f, chain how) noexcept {
  if (!WEFT_LIKELY(how != chain::raised))
    return finish_raised(f);
  end_body(f);
  tell_end(f);
}

inline void scheduler::end_body(fiber& f) noexcept {
  if (!WEFT_LIKELY(!f.separate_frame))
    free_first_frame(last_frame);
  if (f.body != nullptr && f.body->end != nullptr)
    f.body->end(f);
  if (here.top != ready.scratch)
    leave_stack(f);
  here.running = nullptr;
  f.flags |= fiber::ended;
}

void scheduler::tell_end(fiber& f) noexcept {
  for (end_listener* at = std::exchange(f.listeners, nullptr); at != nullptr;) {
    end_listener* next = at->next;
    at->ended(*at);
    at = next;
  }
  if (f.flags & fiber::detached)
    dispose(f);
}

void scheduler::finish_raised(fiber& f) noexcept {
  std::exception_ptr exception = std::exchange(raised, nullptr);
  end_body(f);
  f.flags |= fiber::raised;
  ::new (f.exception.storage()) std::exception_ptr(std::move(exception));
  tell_end(f);
}

namespace {

fiber_info describe(const fiber& f) noexcept {
  fiber_info info{};
  info.id = f.id;
  if (f.body != nullptr)
    info.spawned = {f.place, f.line};
  else
    info.function = f.place;
  if (&f == here.running) {
    info.waits_on = "nothing: it runs";
    return info;
  }
  if (!(f.flags & fiber::ended))
    info.innermost = f.leaf;
  if (f.waiting != nullptr) {
    info.waits_on = f.waiting->what;
    if (f.waiting->object != nullptr)
      info.object = f.waiting->object(f.awaiter);
  } else {
    info.waits_on = yielded.what;
  }
  return info;
}

} // namespace

void scheduler::drop_outcome(fiber& f) noexcept {
  if (!WEFT_LIKELY(!(f.flags & fiber::raised))) {
    if (f.exception.value != nullptr && !(f.flags & fiber::asked))
      report_unhandled(describe(f), f.exception.value);
    f.exception.destroy();
  } else if (f.body->drop_result != nullptr) {
    f.body->drop_result(f);
  }
}

void scheduler::dispose(fiber& f) noexcept {
  drop_outcome(f);
  free_block(f);
}

void scheduler::drop(fiber& f) noexcept {
  end_frames(f);
  if (f.separate_frame)
    free_first_frame(last_frame);
  if (f.body->end != nullptr)
    f.body->end(f);
  free_block(f);
}

void scheduler::cancel(fiber& f) noexcept {
  if (f.flags & (fiber::ended | fiber::cancel_now | fiber::cancel_pending))
    return;
  if (f.waiting == nullptr || &f == here.running) {
    // It runs, or what it waited for has come.
    f.flags |= fiber::cancel_pending;
    return;
  }
  if (f.waiting->unlink == nullptr) {
    f.flags |= fiber::cancel_now;
    return;
  }
  if (!f.waiting->unlink(f.awaiter, f)) {
    f.flags |= fiber::cancel_pending;
    return;
  }
  f.flags |= fiber::cancel_now;
  f.wake();
}

void scheduler::detach(fiber& f) noexcept {
  if (f.flags & fiber::ended)
    dispose(f);
  else
    f.flags |= fiber::detached;
}

// The loop.

void scheduler::run_until_ended(fiber& target) {
  unsigned turns = is_observed() ? 1 : turns_between_looks;
  while (!(target.flags & fiber::ended)) {
    fiber* f = ready.first;
    if (!WEFT_LIKELY(f != nullptr && --turns != 0)) {
      turns = turns_between_looks;
      here.running = nullptr;
      if (is_observed())
        run_observed(target);
      else if (f == nullptr)
        wait_for_work();
      else
        look_around();
      continue;
    }
    // The usual turn stays in this loop: resumed, and paused again.
    for (;;) {
      // Nothing but this loop takes from the queue while it is not empty.
      fiber* next = f->next;
      ready.first = next;
      if (!WEFT_LIKELY(!(f->flags & fiber::cancel_now))) {
        resume_raised(*f, nullptr);
        break;
      }
      here.running = f;
      if (!WEFT_LIKELY(f->stack == nullptr))
        enter_stack(*f);
      activation* frame = f->leaf;
      activation* caller = frame->weft_caller;
      chain how = step(frame);
      if (!WEFT_LIKELY(how == chain::paused && here.top == ready.scratch)) {
        if (how != chain::paused || ready.after > ready_context::cede) {
          end_turn(*f, follow(*f, frame, caller, how));
          break;
        }
        leave_stack(*f);
      }
      if (WEFT_LIKELY(ready.after == ready_context::cede)) {
        ready.after = 0;
        f->waiting = &yielded;
        push_ready(*f);
      } else if (!WEFT_LIKELY(ready.after == 0)) {
        end_turn(*f, follow(*f, frame, caller, how));
        break;
      }
      f = next != nullptr ? next : ready.first;
      if (f == nullptr || --turns == 0) {
        turns = 1;
        break;
      }
    }
  }
}

void scheduler::look_around() {
  if (inbox.load(std::memory_order_relaxed) != nullptr)
    run_injected();
  if (!timers.empty())
    timers.fire(now());
  if (poller* p = plugged.load(std::memory_order_relaxed))
    p->poll();
}

void scheduler::wait_for_work() {
  for (bool waited = false;; waited = true) {
    run_injected();
    if (!timers.empty())
      timers.fire(now());
    if (ready.first != nullptr)
      return;
    poller& waits_in = current_poller();
    poller::time_point deadline = poller::time_point::max();
    if (!timers.empty())
      deadline =
          poller::time_point(std::chrono::nanoseconds(timers.first_deadline()));
    else if (!waits_in.has_sources()) {
      if (external_waits == 0)
        report_deadlock();
      // Whether there are other threads takes a system call to find out, and is
      // not asked when they answer soon.
      if (!waited)
        deadline =
            poller::time_point::clock::now() + std::chrono::milliseconds(100);
      else if (!other_threads())
        report_deadlock();
    }
    waits_in.wait(deadline);
  }
}

void scheduler::inject(injected& work) noexcept {
  injected* first = inbox.load(std::memory_order_relaxed);
  do
    work.next = first;
  while (!inbox.compare_exchange_weak(first, &work, std::memory_order_release,
                                      std::memory_order_relaxed));
  // Whoever found it empty wakes the thread for all that follow. The node may
  // be gone by now, and so the scheduler, but for the caller's reference.
  if (first == nullptr) {
    poller* other = plugged.load(std::memory_order_acquire);
    (other != nullptr ? *other : own_poller).wake();
  }
}

void scheduler::run_injected() noexcept {
  injected* newest = inbox.exchange(nullptr, std::memory_order_acquire);
  // They came last in, first out.
  injected* first = nullptr;
  while (newest != nullptr)
    first = std::exchange(newest, std::exchange(newest->next, first));
  while (first != nullptr) {
    injected* next = first->next;
    first->run(*first);
    first = next;
  }
}

// Waits of fibers for which the ordinary way is closed.

bool wait_specially(fiber& self, activation& frame, std::uint16_t state,
                    bool skipped) {
  if (self.flags & fiber::driven) {
    if (skipped)
      return false;
    char text[240];
    const char* inner = ready.home->calls->function;
    fiber_info of = describe(self);
    if (of.function != nullptr)
      std::snprintf(text, sizeof(text),
                    "'%s' cannot wait: it was called as an ordinary function "
                    "inside the fiber that runs '%s'",
                    inner, of.function);
    else
      std::snprintf(text, sizeof(text),
                    "'%s' cannot wait: it was called as an ordinary function "
                    "inside fiber %u, spawned at %s:%u",
                    inner, static_cast<unsigned>(of.id),
                    of.spawned.file ? of.spawned.file : "an unknown place",
                    of.spawned.line);
    throw_from_library(fiber_errc::cannot_suspend, text);
  }
  // Cancelled while it ran: thrown as soon as the loop comes to it.
  frame.weft_state = state;
  self.leaf = &frame;
  self.flags &= static_cast<std::uint8_t>(~fiber::cancel_pending);
  self.flags |= fiber::cancel_now;
  self.wake();
  return true;
}

bool start_later(activation& frame) noexcept {
  if (ready.spawning != nullptr) {
    ready.spawning->leaf = &frame;
    return true;
  }
  here.running->leaf = &frame;
  ready.after = ready_context::go_on;
  return false;
}

void throw_raised(activation& frame) {
  frame.weft_flags &= static_cast<std::uint8_t>(~activation::weft_raised);
#if WEFT_HAS_EXCEPTIONS
  if (std::exception_ptr exception = std::exchange(ready.home->raised, nullptr))
    std::rethrow_exception(std::move(exception));
  throw cancelled();
#else
  abort_with("exception without exceptions");
#endif
}

} // namespace weft::detail

namespace weft {

poller* set_poller(poller* p) {
  return detail::scheduler::mine().exchange_poller(p);
}

void for_each_fiber(void (*visit)(const fiber_info& fiber, void* context),
                    void* context) {
  using namespace detail;
  if (ready.home == nullptr)
    return;
  for (scheduled_call* at = ready.home->calls; at != nullptr; at = at->outer)
    if (at->own != nullptr && !(at->own->flags & fiber::ended))
      visit(describe(*at->own), context);
  ready.home->fibers.for_each([&](void* block) {
    const fiber& f = *static_cast<fiber*>(block);
    if (f.id != 0 && !(f.flags & fiber::ended))
      visit(describe(f), context);
  });
}

} // namespace weft
