// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Channels: values handed from fiber to fiber of one thread, in order.

#ifndef WEFT_CHANNEL_H
#define WEFT_CHANNEL_H

#include <weft/awaiting.h>
#include <weft/memory.h>
#include <weft/timed_wait.h>

#include <optional>
#include <utility>

namespace weft {

template <class T> class channel;

namespace detail {

template <class T> class sending : public line_place {
public:
  static constexpr const char* what = "send on a channel";

  template <class V>
  sending(channel<T>& to, V&& value) : to(to), value(std::forward<V>(value)) {}

  bool await_ready() { return to.send_now(*this); }
  void join(fiber& self) noexcept { to.senders.push_back(*this, self); }
  bool await_resume() const noexcept { return sent; }

private:
  friend class channel<T>;
  channel<T>& to;
  T value;
  bool sent = false;
};

template <class T> class receiving : public line_place {
public:
  static constexpr const char* what = "receive on a channel";

  explicit receiving(channel<T>& from) noexcept : from(from) {}

  bool await_ready() { return from.receive_now(result); }
  void join(fiber& self) noexcept { from.receivers.push_back(*this, self); }
  std::optional<T> await_resume() { return std::move(result); }

protected:
  friend class channel<T>;
  channel<T>& from;
  std::optional<T> result;
};

template <class T> class send_awaiter : public line_wait<sending<T>> {
  using line_wait<sending<T>>::line_wait;
};
template <class T> class receive_awaiter : public line_wait<receiving<T>> {
  using line_wait<receiving<T>>::line_wait;
};

} // namespace detail

/// A queue of at most `capacity` values between the fibers of one thread; with
/// none, a sender waits until its value is received. Values are received in the
/// order in which they were sent, and fibers served in the order in which they
/// came. A value goes to a waiting receiver directly.
///
/// Must outlive its use by other fibers; its destruction closes it.
template <class T> class channel {
public:
  using value_type = T;
  class iterator;
  struct end_of_values {};

  explicit channel(std::size_t capacity = 0) : capacity_(capacity) {
    if (capacity != 0)
      buffer =
          static_cast<slot<T>*>(detail::allocate(capacity * sizeof(slot<T>)));
  }
  ~channel() {
    close();
    while (size_ != 0)
      pop_front();
    if (buffer != nullptr)
      detail::deallocate(buffer, capacity_ * sizeof(slot<T>));
  }
  channel(const channel&) = delete;
  channel& operator=(const channel&) = delete;

  /// Waits until there is room, or a receiver, for `value`. False: the channel
  /// is, or while waiting was, closed, and the value is dropped. O(1).
  suspends<detail::send_awaiter<T>> send([[maybe_unused]] const T& value)
      WEFT_AWAITER(detail::send_awaiter<T>(*this, value));
  suspends<detail::send_awaiter<T>> send([[maybe_unused]] T&& value)
      WEFT_AWAITER(detail::send_awaiter<T>(*this, std::move(value)));

  /// Waits for a value. None: the channel is closed and empty. O(1).
  suspends<detail::receive_awaiter<T>> receive()
      WEFT_AWAITER(detail::receive_awaiter<T>(*this));

  /// The same, until a time has come: false, or none, then, too. O(log n) in the
  /// number of timers.
  template <class V, class Rep, class Period>
  suspends<detail::timed_wait<detail::sending<T>>>
  send_for([[maybe_unused]] V&& value,
           [[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(detail::timed_wait<detail::sending<T>>(
          detail::deadline_in(d), *this, std::forward<V>(value)));
  template <class V, class Clock, class Duration>
  suspends<detail::timed_wait<detail::sending<T>>>
  send_until([[maybe_unused]] V&& value,
             [[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(detail::timed_wait<detail::sending<T>>(
          detail::deadline_at(t), *this, std::forward<V>(value)));
  template <class Rep, class Period>
  suspends<detail::timed_wait<detail::receiving<T>>>
  receive_for([[maybe_unused]] const std::chrono::duration<Rep, Period>& d)
      WEFT_AWAITER(detail::timed_wait<detail::receiving<T>>(
          detail::deadline_in(d), *this));
  template <class Clock, class Duration>
  suspends<detail::timed_wait<detail::receiving<T>>>
  receive_until([[maybe_unused]] const std::chrono::time_point<Clock, Duration>& t)
      WEFT_AWAITER(detail::timed_wait<detail::receiving<T>>(
          detail::deadline_at(t), *this));

  /// The same without waiting: whether the value went. Not moved from if not.
  bool try_send(T&& value) { return try_put(std::move(value)); }
  bool try_send(const T& value) { return try_put(value); }
  std::optional<T> try_receive() {
    std::optional<T> result;
    receive_now(result);
    return result;
  }

  /// No more values: waiting senders get false, and receivers none once what
  /// was sent before has been received. Closing twice does nothing.
  void close() noexcept {
    closed_ = true;
    while (!senders.empty())
      senders.pop_front().wake();
    while (!receivers.empty())
      receivers.pop_front().wake();
  }
  bool closed() const noexcept { return closed_; }
  /// Of the values in the buffer.
  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }

  class first_awaiter : public detail::receive_awaiter<T> {
  public:
    using detail::receive_awaiter<T>::receive_awaiter;
    iterator await_resume() {
      return iterator(this->from, std::move(this->result));
    }
  };
  class next_awaiter : public detail::receive_awaiter<T> {
  public:
    explicit next_awaiter(iterator& at) noexcept
        : detail::receive_awaiter<T>(*at.from), at(at) {}
    iterator& await_resume() {
      at.value.reset();
      if (this->result)
        at.value.emplace(std::move(*this->result));
      return at;
    }

  private:
    iterator& at;
  };

  /// Receives until the channel is closed, by `for (T& value : channel)`. It
  /// holds the value.
  class iterator {
  public:
    iterator(channel& from, std::optional<T>&& first)
        : from(&from), value(std::move(first)) {}
    T& operator*() noexcept { return *value; }
    T* operator->() noexcept { return &*value; }
    suspends<next_awaiter> operator++()
        WEFT_AWAITER(next_awaiter(*this)) friend bool
        operator!=(const iterator& at, end_of_values) noexcept {
      return at.value.has_value();
    }
    friend bool operator==(const iterator& at, end_of_values) noexcept {
      return !at.value.has_value();
    }

  private:
    friend class next_awaiter;
    channel* from;
    std::optional<T> value;
  };
  suspends<first_awaiter> begin()
      WEFT_AWAITER(first_awaiter(*this)) end_of_values end() const noexcept {
    return {};
  }

private:
  friend class detail::sending<T>;
  friend class detail::receiving<T>;
  using sender = detail::sending<T>;
  using receiver = detail::receiving<T>;

  template <class V> void push_back(V&& value) {
    std::size_t at = front + size_;
    if (at >= capacity_)
      at -= capacity_;
    ::new (buffer[at].storage()) T(std::forward<V>(value));
    ++size_;
  }
  void pop_front() noexcept {
    buffer[front].destroy();
    if (++front == capacity_)
      front = 0;
    --size_;
  }
  template <class V> bool try_put(V&& value) {
    if (closed_)
      return false;
    if (!receivers.empty()) {
      receiver& to = static_cast<receiver&>(receivers.pop_front());
      to.wake();
      to.result.emplace(std::forward<V>(value));
      return true;
    }
    if (size_ == capacity_)
      return false;
    push_back(std::forward<V>(value));
    return true;
  }
  /// Whether there is nothing to wait for.
  bool send_now(sender& from) {
    from.sent = try_put(std::move(from.value));
    return from.sent || closed_;
  }
  bool receive_now(std::optional<T>& to) {
    if (size_ != 0) {
      to.emplace(std::move(buffer[front].value));
      pop_front();
      if (!senders.empty()) {
        sender& next = static_cast<sender&>(senders.pop_front());
        next.wake();
        push_back(std::move(next.value));
        next.sent = true;
      }
      return true;
    }
    if (!senders.empty()) {
      sender& next = static_cast<sender&>(senders.pop_front());
      next.wake();
      to.emplace(std::move(next.value));
      next.sent = true;
      return true;
    }
    return closed_;
  }

  detail::wait_line senders, receivers;
  slot<T>* buffer = nullptr;
  std::size_t capacity_, front = 0, size_ = 0;
  bool closed_ = false;
};

} // namespace weft

#endif // WEFT_CHANNEL_H
