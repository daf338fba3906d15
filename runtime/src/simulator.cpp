// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The simulated thread: its order, its time, its faults.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include "simulator.h"

#include <algorithm>

namespace weft::detail {

namespace {

constexpr std::int64_t longest_delay = 1'000'000'000;

/// Whether `id` was in the list; it is not any more.
bool take(std::vector<std::uint32_t>& ids, std::uint32_t id) {
  auto at = std::find(ids.begin(), ids.end(), id);
  if (at == ids.end())
    return false;
  ids.erase(at);
  return true;
}

} // namespace

simulator::simulator(scheduler& home, const runtime_options& given)
    : home(home), options(given), outer(home.simulated),
      outer_time(virtual_time), time(now()) {
  random.seed(options.seed_);
  home.simulated = this;
  virtual_time = options.is_virtual ? &time : nullptr;
}

simulator::~simulator() {
  for (const delayed& each : waiting)
    push_ready(*each.of);
  home.simulated = outer;
  virtual_time = outer_time;
}

fiber* simulator::choose() {
  fiber* before = nullptr;
  if (options.seeded) {
    std::uint64_t count = 0;
    for (fiber* f = ready.first; f != nullptr; f = f->next)
      ++count;
    for (std::uint64_t skip = random() % count; skip != 0; --skip)
      before = before != nullptr ? before->next : ready.first;
  }
  fiber*& link = before != nullptr ? before->next : ready.first;
  fiber* chosen = link;
  link = chosen->next;
  if (ready.last == chosen)
    ready.last = before;
  if (!take(slow, chosen->id))
    return chosen;
  const auto delay = static_cast<std::int64_t>(random() % longest_delay);
  waiting.push_back({chosen, saturated_sum(now(), delay + 1)});
  return nullptr;
}

void simulator::end_delays() {
  const std::int64_t present = now();
  auto is_over = [&](const delayed& each) { return each.until <= present; };
  for (const delayed& each : waiting)
    if (is_over(each))
      push_ready(*each.of);
  waiting.erase(std::remove_if(waiting.begin(), waiting.end(), is_over),
                waiting.end());
}

bool simulator::pass_time() {
  std::int64_t next = INT64_MAX;
  if (!home.timers.empty())
    next = home.timers.first_deadline();
  for (const delayed& each : waiting)
    next = std::min(next, each.until);
  if (next == INT64_MAX)
    return false;
  // What fibers wait for may come from themselves.
  const bool others_act = home.external_waits != 0 && other_threads();
  if (!options.is_virtual || others_act || home.current_poller().has_sources())
    wait_outside(next);
  else
    time = std::max(time, next);
  home.timers.fire(now());
  end_delays();
  return true;
}

/// Until `deadline`, or something from outside has come.
void simulator::wait_outside(std::int64_t deadline) {
  const auto begin = steady::now();
  home.current_poller().wait(begin + std::chrono::nanoseconds(
                                         std::max<std::int64_t>(deadline - now(), 0)));
  home.run_injected();
  const std::int64_t passed =
      std::chrono::nanoseconds(steady::now() - begin).count();
  time = std::min(saturated_sum(time, passed), std::max(time, deadline));
}

void simulator::end_turn(fiber* paused) {
  if (paused != nullptr) {
    ++pauses;
    if (options.at_pause == pauses ||
        (options.one_in != 0 && random() % options.one_in == 0))
      inject(*paused);
  }
  if (held && options.check != nullptr)
    held = options.check(options.invariant_of);
}

void simulator::inject(fiber& f) {
  switch (options.injected) {
  case fault::none:
    return;
  case fault::delay:
    slow.push_back(f.id);
    break;
  case fault::raise:
  case fault::cancel:
    if (f.flags & (fiber::cancel_now | fiber::cancel_pending))
      return;
    home.cancel(f);
    if (options.injected == fault::raise && f.flags & fiber::cancel_now)
      raising.push_back(f.id);
    break;
  }
  ++faults;
}

std::exception_ptr simulator::fault_of(const fiber& f) {
#if WEFT_HAS_EXCEPTIONS
  if (take(raising, f.id))
    return std::make_exception_ptr(injected_fault());
#endif
  (void)f;
  return nullptr;
}

} // namespace weft::detail
