// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waiting for the first of several things.
//
//   std::optional<request> next;
//   switch (weft::select(weft::on_receive(requests, next), weft::after(1s))) {
//   case 0: serve(*next); break;
//   case 1: return; // nobody asked
//   }
//
// A case says what has come by its number, and not by a callback, so that what is
// done about it is ordinary code, which can suspend, `break` and `return`.

#ifndef WEFT_SELECT_H
#define WEFT_SELECT_H

#include <weft/any_wait.h>
#include <weft/channel.h>
#include <weft/future.h>
#include <weft/task.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace weft {

namespace detail {

template <class T> class receive_case : public receiving<T> {
public:
  receive_case(channel<T>& from, std::optional<T>& received) noexcept
      : receiving<T>(from), received(received) {}
  void await_resume() {
    received.reset();
    if (this->result)
      received.emplace(std::move(*this->result));
  }

private:
  std::optional<T>& received;
};

template <class T> class send_case : public sending<T> {
public:
  template <class V>
  send_case(channel<T>& to, V&& value, bool* sent)
      : sending<T>(to, std::forward<V>(value)), sent(sent) {}
  void await_resume() noexcept {
    if (sent != nullptr)
      *sent = sending<T>::await_resume();
  }

private:
  bool* sent;
};

/// Comes when nothing else has.
class default_case {
public:
  bool await_ready() const noexcept { return true; }
  void join(fiber&) noexcept {}
  void leave() noexcept {}
  const void* identity() const noexcept { return this; }
  void await_resume() const noexcept {}
};

template <class First, class... Rest> constexpr bool is_default_last() {
  if constexpr (sizeof...(Rest) == 0)
    return true;
  else
    return !std::is_same_v<First, default_case> && is_default_last<Rest...>();
}

} // namespace detail

/// A value of `from`, in `received`; none when the channel is closed and empty.
template <class T>
detail::receive_case<T> on_receive(channel<T>& from,
                                   std::optional<T>& received) noexcept {
  return {from, received};
}
/// `value`, which is moved or copied into the case, is sent; or the channel is
/// closed, which `*sent` tells when it is not null.
template <class T, class V = T>
detail::send_case<T> on_send(channel<T>& to, V&& value, bool* sent = nullptr) {
  return {to, std::forward<V>(value), sent};
}
/// `of.get()` would not wait.
template <class T> detail::future_wait on_ready(const future<T>& of) noexcept {
  return of.weft_wait();
}
/// The fiber of `of` has ended.
template <class R> detail::end_awaiter on_end(const task<R>& of) noexcept {
  return of.weft_end();
}
/// A time has passed, or come; it has at once when it is not positive, or past.
template <class Rep, class Period>
detail::timer_case after(const std::chrono::duration<Rep, Period>& d) {
  return detail::timer_case(detail::deadline_in(d));
}
template <class Clock, class Duration>
detail::timer_case at(const std::chrono::time_point<Clock, Duration>& time) {
  return detail::timer_case(detail::deadline_at(time));
}
/// Nothing else has come yet. The last case.
inline detail::default_case otherwise() noexcept { return {}; }

/// Waits until the first of `cases` comes, and gives its number, from 0. Exactly
/// that one takes place: of the others nothing is sent or received. Of several
/// that have come when it is called, it is the first in this order; afterwards
/// the one that comes first. In what it waits for, it stands in line as any
/// other. Nothing allocates. O(cases), for those with a time O(log n) in the
/// number of timers.
template <class... Cases>
suspends<detail::any_wait<Cases...>> select([[maybe_unused]] Cases... cases)
    WEFT_AWAITER(detail::any_wait<Cases...>(std::move(cases)...));

} // namespace weft

#endif // WEFT_SELECT_H
