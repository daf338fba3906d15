// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The loop of the scheduler while its thread is simulated or watched: one turn
// after the other, with room in front of it and behind it. The usual loop, in
// scheduler.cpp, has none of this.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include "simulator.h"

namespace weft::detail {

namespace {

/// Between looks at what other threads have sent.
constexpr unsigned turns_between_looks = 64;

fiber* pop_ready() noexcept {
  fiber* f = ready.first;
  ready.first = f->next;
  return f;
}

} // namespace

void scheduler::run_observed(fiber& target) {
  for (unsigned turns = 1; !(target.flags & fiber::ended) && is_observed();) {
    here.running = nullptr;
    if (--turns == 0) {
      turns = turns_between_looks;
      look_around();
    }
    if (ready.first == nullptr) {
      if (simulated == nullptr || !simulated->pass_time())
        wait_for_work();
      continue;
    }
    fiber* f = simulated != nullptr ? simulated->choose() : pop_ready();
    if (f == nullptr)
      continue;
    const std::uint32_t id = f->id;
    watched.begin(*f);
    if (f->flags & fiber::cancel_now) {
      resume_raised(*f, simulated != nullptr ? simulated->fault_of(*f) : nullptr);
    } else {
      here.running = f;
      if (f->stack != nullptr)
        enter_stack(*f);
      end_turn(*f, run_chain(*f, f->leaf));
    }
    observe_turn(*f, id);
  }
}

void scheduler::observe_turn(fiber& f, std::uint32_t id) {
  watched.end();
  if (simulated == nullptr)
    return;
  // A block that was given back has no number.
  const bool has_paused = f.id == id && !(f.flags & fiber::ended);
  simulated->end_turn(has_paused ? &f : nullptr);
}

} // namespace weft::detail
