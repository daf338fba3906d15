// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Structured concurrency: fibers that end before the block that spawned them.
//
// A scope is a function that is handed a callable, and not an object whose
// destructor waits, because a destructor cannot suspend: it also runs while an
// exception unwinds the frames of a fiber, and while a fiber is ended.

#ifndef WEFT_SCOPE_H
#define WEFT_SCOPE_H

#include <weft/group.h>

#include <functional>
#include <utility>

namespace weft {

/// Where the fibers of a `with_scope` are spawned; valid until that ends, for its
/// body and for the fibers spawned in it. Belongs to their thread.
class scope : protected detail::group {
public:
  /// Makes a fiber of `f(arguments...)`, as `weft::spawn` does. Its result is
  /// dropped. When one of the scope has failed, the new one does not begin.
  template <class F>
  void spawn([[weft::suspendable]] F&& f,
             source_place place = source_place::current()) {
    spawn_at(place, std::forward<F>(f));
  }
  template <class F, class A>
  void spawn([[weft::suspendable]] F&& f, A&& a,
             source_place place = source_place::current()) {
    spawn_at(place, std::forward<F>(f), std::forward<A>(a));
  }
  template <class F, class A, class B>
  void spawn([[weft::suspendable]] F&& f, A&& a, B&& b,
             source_place place = source_place::current()) {
    spawn_at(place, std::forward<F>(f), std::forward<A>(a), std::forward<B>(b));
  }
  template <class F, class A, class B, class C, class... D>
  void spawn([[weft::suspendable]] F&& f, A&& a, B&& b, C&& c, D&&... d) {
    spawn_at(source_place(), std::forward<F>(f), std::forward<A>(a),
             std::forward<B>(b), std::forward<C>(c), std::forward<D>(d)...);
  }
  template <class F, class... A>
  void spawn_at(source_place place, [[weft::suspendable]] F&& f, A&&... arguments) {
    auto& made = detail::prepare<detail::child>(place, std::forward<F>(f),
                                                std::forward<A>(arguments)...);
    made.flags |= fiber::detached;
    add(made);
  }

  /// Cancels the fibers that were spawned and have not ended, as `task::cancel`
  /// does. The body goes on, and can spawn more. O(those).
  void cancel() noexcept { group::cancel(body); }

protected:
  scope() noexcept : group(detail::has_failed) {}
  ~scope() {
    if (decided != nullptr && decided != body)
      detail::ready.home->dispose(*decided->body);
  }

  const detail::child* body = nullptr;
};

namespace detail {

template <class R> class scope_awaiter : public scope {
public:
  template <class F>
  scope_awaiter(source_place place, F&& f)
      : kept(add(prepare<child>(place, std::forward<F>(f),
                                std::ref(static_cast<scope&>(*this))))) {
    body = &kept.as_child();
  }
  using group::await_ready;
  using group::weft_suspend;
  R await_resume() {
    if (decided != nullptr) {
      decided->body->flags |= fiber::asked;
      throw_ended(*decided->body);
    }
    return kept.take();
  }

private:
  kept_child<R> kept;
};

} // namespace detail

/// Runs `f(weft::scope&)`, waits until it and all that were spawned in the scope
/// have ended, and gives the result of `f`, moved once: nothing that was spawned
/// outlives this.
///
/// The first that fails, that ends by an exception, be it `f` or another, makes
/// the others be cancelled; when all have ended, its exception is thrown. Those of
/// others that fail later go to the handler of `set_unhandled_handler`. One that
/// is cancelled has not failed. When the fiber that waits is cancelled, all are,
/// and when they have ended the wait throws `weft::cancelled`.
///
/// `f` runs in a fiber of its own. No allocation but the fibers' own blocks.
template <class F>
suspends<detail::scope_awaiter<
    detail::call_result_t<F, std::reference_wrapper<scope>>>>
with_scope([[weft::suspendable]] F&& f,
           [[maybe_unused]] source_place place = source_place::current())
    WEFT_AWAITER(detail::scope_awaiter<
                 detail::call_result_t<F, std::reference_wrapper<scope>>>(
        place, std::forward<F>(f)));

} // namespace weft

#endif // WEFT_SCOPE_H
