// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fibers as the oracle has them: a call is a call, and no pause does anything
// but to notice that it was cancelled. A task runs when somebody asks for it.

#ifndef WEFT_TEST_RUN_PLAIN_FIBER_H
#define WEFT_TEST_RUN_PLAIN_FIBER_H

#include <deque>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

namespace weft {

struct cancelled {};
inline bool cancel_requested = false;

namespace this_fiber {
inline void yield() {
  if (std::exchange(cancel_requested, false))
    throw cancelled();
}
} // namespace this_fiber
inline void checkpoint() {}

template <class Signature> class function;
template <class R, class... P>
class function<R(P...)> : public std::function<R(P...)> {
public:
  using std::function<R(P...)>::function;
};

template <class R> class task {
public:
  explicit task(std::function<R()> body) : body(std::move(body)) {}
  R get() { return body(); }
  void join() {
    try {
      body();
    } catch (...) {
    }
  }
  void cancel() { cancel_requested = true; }

private:
  std::function<R()> body;
};

template <class F, class... A> auto spawn(F& f, A... arguments) {
  return task<decltype(f(arguments...))>([&f, arguments...] { return f(arguments...); });
}
template <class F, class... A> auto run(F&& f, A&&... arguments) {
  return f(std::forward<A>(arguments)...);
}
/// Of which nothing is received before it was sent.
template <class T> class channel {
public:
  explicit channel(std::size_t) {}
  bool send(T value) {
    values.push_back(std::move(value));
    return true;
  }
  std::optional<T> receive() {
    std::optional<T> first(std::move(values.front()));
    values.pop_front();
    return first;
  }

private:
  std::deque<T> values;
};
template <class T> T await(T&& value) { return std::forward<T>(value); }

} // namespace weft

#endif // WEFT_TEST_RUN_PLAIN_FIBER_H
