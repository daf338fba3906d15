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

  /// What it waited for has come; it is in no line any more.
  void wake() noexcept { meet(*waiter, this); }
  inline void leave() noexcept;
  /// By which `meet` knows it.
  const void* identity() const noexcept { return this; }
};

/// All operations O(1).
class wait_line {
public:
  constexpr wait_line() noexcept = default;
  ~wait_line() {
    if (!WEFT_LIKELY(empty()))
      abort_with("something was destroyed on which a fiber waits");
  }
  wait_line(const wait_line&) = delete;
  wait_line& operator=(const wait_line&) = delete;

  bool empty() const noexcept { return first == nullptr; }
  /// The line is not empty.
  line_place& front() const noexcept { return *first; }
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

inline void line_place::leave() noexcept { line->remove(*this); }

/// What waits in a line until it is woken. `A` derives from `line_place` and has,
/// besides `await_ready` and `await_resume`,
///
///   void join(fiber& self);          // stands in line
///   void leave() noexcept;           // leaves it before its time
///   static constexpr const char* what;  // for reports
template <class A> class line_wait : public A {
public:
  using A::A;
  void weft_suspend(fiber& self) noexcept {
    this->join(self);
    self.park(kind, this);
  }

private:
  static bool unlink(void* awaiter, fiber&) noexcept {
    static_cast<line_wait*>(awaiter)->leave();
    return true;
  }
  static const void* object(const void* awaiter) noexcept {
    return static_cast<const line_wait*>(awaiter)->line;
  }
  static constexpr wait_kind kind{A::what, unlink, false, object};
};

} // namespace weft::detail

#endif // WEFT_WAIT_LINE_H
