// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The heap of timers, and the wait that uses it.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/scheduler.h>
#include <weft/this_fiber.h>

#include <cstring>

namespace weft::detail {

// Four children a node: half the depth, and the children share a cache line.
namespace {
constexpr std::size_t parent(std::size_t i) { return (i - 1) / 4; }
constexpr std::size_t first_child(std::size_t i) { return 4 * i + 1; }
} // namespace

timer_queue::~timer_queue() {
  for (std::size_t i = 0; i < segment_count; ++i)
    deallocate(segments[i], segment_entries * sizeof(entry));
  if (segments != nullptr)
    deallocate(segments, segment_capacity * sizeof(entry*));
}

void timer_queue::add_segment() {
  if (segment_count == segment_capacity) {
    std::size_t capacity = segment_capacity == 0 ? 8 : 2 * segment_capacity;
    auto** bigger = static_cast<entry**>(allocate(capacity * sizeof(entry*)));
    if (segments != nullptr) {
      std::memcpy(bigger, segments, segment_count * sizeof(entry*));
      deallocate(segments, segment_capacity * sizeof(entry*));
    }
    segments = bigger;
    segment_capacity = capacity;
  }
  segments[segment_count] =
      static_cast<entry*>(allocate(segment_entries * sizeof(entry)));
  ++segment_count;
}

void timer_queue::put(std::size_t i, entry e) noexcept {
  at(i) = e;
  e.of->position = static_cast<std::uint32_t>(i);
}

void timer_queue::sift_up(std::size_t i, entry e) noexcept {
  while (i > 0 && before(e, at(parent(i)))) {
    put(i, at(parent(i)));
    i = parent(i);
  }
  put(i, e);
}

void timer_queue::sift_down(std::size_t i, entry e) noexcept {
  for (;;) {
    std::size_t child = first_child(i);
    if (child >= size)
      break;
    std::size_t least = child;
    for (std::size_t other = child + 1; other < child + 4 && other < size;
         ++other)
      if (before(at(other), at(least)))
        least = other;
    if (!before(at(least), e))
      break;
    put(i, at(least));
    i = least;
  }
  put(i, e);
}

void timer_queue::arm(timer& t, fiber& waiter, std::int64_t deadline) {
  if (size == segment_count * segment_entries)
    add_segment();
  t.waiter = &waiter;
  t.order = armed++;
  sift_up(size++, entry{deadline, &t});
}

void timer_queue::disarm(timer& t) noexcept {
  std::size_t hole = t.position;
  entry last = at(--size);
  if (hole != size) {
    if (hole > 0 && before(last, at(parent(hole))))
      sift_up(hole, last);
    else
      sift_down(hole, last);
  }
  // One segment is kept, against going back and forth.
  while (segment_count > size / segment_entries + 2)
    deallocate(segments[--segment_count], segment_entries * sizeof(entry));
}

void timer_queue::fire(std::int64_t now) noexcept {
  while (size != 0 && at(0).deadline <= now) {
    timer& due = *at(0).of;
    disarm(due);
    meet(*due.waiter, &due);
  }
}

const wait_kind sleep_awaiter::kind{"a timer", sleep_awaiter::unlink};

void sleep_awaiter::weft_suspend(fiber& self) {
  if (deadline == 0) {
    ready.after = ready_context::cede;
    return;
  }
  std::int64_t until = deadline;
  ::new (&armed) timer;
  scheduler::mine().timers.arm(armed, self, until);
  self.park(kind, this);
}

bool sleep_awaiter::unlink(void* awaiter, fiber&) noexcept {
  ready.home->timers.disarm(static_cast<sleep_awaiter*>(awaiter)->armed);
  return true;
}

} // namespace weft::detail
