// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waits for whichever of several things comes first.

#ifndef WEFT_ANY_WAIT_H
#define WEFT_ANY_WAIT_H

#include <weft/scheduler.h>
#include <weft/this_fiber.h>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace weft::detail {

/// Of an `any_wait`: the one that comes at a deadline; 0: that has passed.
class timer_case {
public:
  explicit timer_case(std::int64_t deadline) noexcept : deadline(deadline) {}
  bool await_ready() const noexcept { return deadline == 0; }
  void join(fiber& self) { scheduler::mine().timers.arm(due, self, deadline); }
  void leave() noexcept { ready.home->timers.disarm(due); }
  const void* identity() const noexcept { return &due; }
  void await_resume() const noexcept {}

private:
  std::int64_t deadline;
  timer due;
};

/// Each of the `Cases` has
///
///   bool await_ready();              // whether it has come; then it is taken
///   void or bool join(fiber& self);  // waits for it; false: it has come already
///   void or bool leave() noexcept;   // no more; false: it has come, but not here
///   const void* identity() const noexcept;  // what it hands to `meet`
///   void await_resume();             // the one that has come
///
/// and can be moved until it is joined. Those whose `join` may throw are joined
/// first, and for them it is void. The result is the number of the one that has
/// come; of several that have, of the first.
template <class... Cases> class any_wait {
public:
  explicit any_wait(Cases&&... cases) : cases(std::move(cases)...) {}

  bool await_ready() {
    return first_of([&](auto& each, std::size_t i) {
      if (!each.await_ready())
        return false;
      chosen = i;
      return true;
    });
  }
  bool weft_suspend(fiber& self) {
    waiter = &self;
    join_first(self);
    const bool stays = !first_of([&](auto& each, std::size_t i) {
      if (joins(each, self))
        return false;
      chosen = i;
      return true;
    });
    if (!stays && leave_all(chosen) == 0)
      return false;
    self.park(stays ? waits : settles, this);
    return true;
  }
  std::size_t await_resume() {
    first_of([&](auto& each, std::size_t i) {
      if (i != chosen)
        return false;
      each.await_resume();
      return true;
    });
    return chosen;
  }

private:
  static constexpr std::size_t none = sizeof...(Cases);

  /// Whether to join may fail. Before that of others, nothing has to be taken back
  /// that another thread may have in hand.
  template <class C>
  static constexpr bool joins_first = !noexcept(std::declval<C&>().join(std::declval<fiber&>()));

  void join_first(fiber& self) {
    /// Takes those that have joined out again when another cannot.
    struct joining {
      any_wait& of;
      std::size_t end = 0;
      ~joining() {
        of.first_of([&](auto& each, std::size_t i) {
          if constexpr (joins_first<std::remove_reference_t<decltype(each)>>)
            if (i < end)
              each.leave();
          return false;
        });
      }
    } guard{*this};
    first_of([&](auto& each, std::size_t i) {
      if constexpr (joins_first<std::remove_reference_t<decltype(each)>>)
        each.join(self);
      guard.end = i + 1;
      return false;
    });
    guard.end = 0;
  }

  /// Calls `f(case, number)` until one says yes; whether one did.
  template <class F> bool first_of(F&& f) {
    std::size_t i = 0;
    return std::apply([&](auto&... each) { return (f(each, i++) || ...); }, cases);
  }
  template <class C> static bool joins(C& one, fiber& self) noexcept {
    if constexpr (joins_first<C>)
      return true;
    else if constexpr (std::is_void_v<decltype(one.join(self))>)
      return one.join(self), true;
    else
      return one.join(self);
  }
  template <class C> static bool leaves(C& one) noexcept {
    if constexpr (std::is_void_v<decltype(one.leave())>)
      return one.leave(), true;
    else
      return one.leave();
  }
  /// Leaves the first `count`, and those that joined before them, but the one that
  /// was chosen, which has left. The number of those that will still come, which
  /// `under_way` counts.
  std::size_t leave_all(std::size_t count) noexcept {
    first_of([&](auto& each, std::size_t i) {
      const bool has_joined =
          i < count || joins_first<std::remove_reference_t<decltype(each)>>;
      if (i != chosen && has_joined && !leaves(each))
        ++under_way;
      return false;
    });
    return under_way;
  }

  static bool met(void* awaiter, const void* by) noexcept {
    auto& self = *static_cast<any_wait*>(awaiter);
    self.choose(by);
    if (self.leave_all(none) == 0)
      return true;
    self.settle();
    return false;
  }
  /// Cancelled: unless one comes that has already left the other thread.
  static bool unlink(void* awaiter, fiber&) noexcept {
    auto& self = *static_cast<any_wait*>(awaiter);
    if (self.leave_all(none) == 0)
      return true;
    self.settle();
    return false;
  }
  /// One comes that could not be left.
  static bool arrived(void* awaiter, const void* by) noexcept {
    auto& self = *static_cast<any_wait*>(awaiter);
    if (self.chosen == none)
      self.choose(by);
    return --self.under_way == 0;
  }
  static bool stays(void*, fiber&) noexcept { return false; }

  void choose(const void* by) noexcept {
    first_of([&](auto& each, std::size_t i) {
      if (each.identity() != by)
        return false;
      chosen = i;
      return true;
    });
  }
  void settle() noexcept { waiter->waiting = &settles; }

  static constexpr wait_kind waits{"one of several things", unlink, false, nullptr,
                                   met};
  static constexpr wait_kind settles{"one of several things", stays, true, nullptr,
                                     arrived};

  std::tuple<Cases...> cases;
  fiber* waiter = nullptr;
  std::size_t chosen = none;
  std::size_t under_way = 0;
};

/// A wait for `Case` with a deadline: whether it came before.
template <class Case> class deadline_wait : public any_wait<Case, timer_case> {
public:
  deadline_wait(std::int64_t deadline, Case&& one)
      : any_wait<Case, timer_case>(std::move(one), timer_case(deadline)) {}
  bool await_resume() { return any_wait<Case, timer_case>::await_resume() == 0; }
};

} // namespace weft::detail

#endif // WEFT_ANY_WAIT_H
