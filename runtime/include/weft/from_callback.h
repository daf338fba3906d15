// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waiting for what calls back.

#ifndef WEFT_FROM_CALLBACK_H
#define WEFT_FROM_CALLBACK_H

#include <weft/future.h>

#include <exception>
#include <memory>
#include <utility>

namespace weft {

/// What is called back, by `from_callback<T>`: a function object whose copies are
/// one. Any thread, one call in all.
template <class T> class completion {
public:
  explicit completion(promise<T>&& to)
      : to(std::make_shared<promise<T>>(std::move(to))) {}

  /// Constructs the value from `arguments` and ends the wait.
  /// `fiber_errc::promise_satisfied`: it has been called.
  template <class... A> void operator()(A&&... arguments) const {
    to->set_value(std::forward<A>(arguments)...);
  }
  /// The wait throws `exception`.
  void fail(std::exception_ptr exception) const {
    to->set_exception(std::move(exception));
  }

private:
  std::shared_ptr<promise<T>> to;
};

namespace detail {

template <class T> struct held_future {
  future<T> held;
};

template <class T>
class callback_awaiter : held_future<T>, public future_awaiter<T> {
public:
  template <class F>
  callback_awaiter(std::in_place_t, F&& f)
      : held_future<T>{begin(std::forward<F>(f))},
        future_awaiter<T>(this->held) {}

private:
  template <class F> static future<T> begin(F&& f) {
    promise<T> to;
    future<T> result = to.get_future();
    std::forward<F>(f)(completion<T>(std::move(to)));
    return result;
  }
};

} // namespace detail

/// Calls `f(completion<T>)`, an ordinary function that begins something, and waits
/// until that calls the completion, at once, later, or on another thread; gives
/// the value it was called with. `fiber_errc::broken_promise`: all copies of the
/// completion are gone, and none was called. What `f` throws comes out.
///
/// When the fiber is cancelled the wait is given up; what was begun goes on, and
/// its call has no effect. Allocates what the completion and the wait share.
template <class T, class F>
suspends<detail::callback_awaiter<T>> from_callback([[maybe_unused]] F&& f)
    WEFT_AWAITER(detail::callback_awaiter<T>(std::in_place, std::forward<F>(f)));

} // namespace weft

#endif // WEFT_FROM_CALLBACK_H
