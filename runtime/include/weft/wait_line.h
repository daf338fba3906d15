// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fibers that wait in line for something, first come, first served.

#ifndef WEFT_WAIT_LINE_H
#define WEFT_WAIT_LINE_H

#include <weft/fiber_control.h>

namespace weft::detail {

class wait_line;

/// A place in a line; lives in the awaiter.
struct line_place {
  line_place* next = nullptr;
  line_place* previous = nullptr;
  wait_line* line = nullptr;
  fiber* waiter = nullptr;
};

/// All operations O(1).
class wait_line {
public:
  wait_line() noexcept = default;
  wait_line(const wait_line&) = delete;
  wait_line& operator=(const wait_line&) = delete;

  bool empty() const noexcept { return first == nullptr; }
  void push_back(line_place& place, fiber& waiter) noexcept {
    place.waiter = &waiter;
    place.line = this;
    place.next = nullptr;
    place.previous = last;
    (last != nullptr ? last->next : first) = &place;
    last = &place;
  }
  /// The line is not empty.
  line_place& pop_front() noexcept {
    line_place& place = *first;
    remove(place);
    return place;
  }
  void remove(line_place& place) noexcept {
    (place.previous != nullptr ? place.previous->next : first) = place.next;
    (place.next != nullptr ? place.next->previous : last) = place.previous;
  }

private:
  line_place* first = nullptr;
  line_place* last = nullptr;
};

/// `wait_kind::unlink` for what derives from `line_place`, and is parked with
/// the address of that.
inline bool leave_line(void* place, fiber&) noexcept {
  line_place& self = *static_cast<line_place*>(place);
  self.line->remove(self);
  return true;
}
inline const void* line_of(const void* place) noexcept {
  return static_cast<const line_place*>(place)->line;
}

} // namespace weft::detail

#endif // WEFT_WAIT_LINE_H
