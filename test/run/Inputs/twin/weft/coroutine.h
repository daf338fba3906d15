// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracle: Weft's coroutines on top of the compiler's own. twin.py turns a
// test's source into one that uses this header instead of the real one; what
// the two programs print must be equal.
//
// As in Weft, a frame (parameters and all) is destroyed as soon as its body
// ends, and the innermost of a chain first.

#ifndef WEFT_TEST_RUN_TWIN_H
#define WEFT_TEST_RUN_TWIN_H

#include <coroutine>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <iterator>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#ifdef TWIN_RANGES // costly
#include <ranges>
#endif

namespace weft {

enum class coroutine_errc {
  not_started,
  value_awaited,
  no_value_awaited,
  ended,
  running,
  delegated,
  no_value,
  no_result
};

class coroutine_error : public std::exception {
public:
  explicit coroutine_error(coroutine_errc code) noexcept : code_(code) {}
  coroutine_errc code() const noexcept { return code_; }
  const char* what() const noexcept override {
    switch (code_) {
    case coroutine_errc::not_started:
      return "value sent to a coroutine that has not started";
    case coroutine_errc::value_awaited:
      return "coroutine awaits a value: use send";
    case coroutine_errc::no_value_awaited:
      return "value sent to a coroutine that does not await one";
    case coroutine_errc::ended:
      return "coroutine has ended";
    case coroutine_errc::running:
      return "coroutine is running";
    case coroutine_errc::delegated:
      return "another coroutine delegates to this one";
    case coroutine_errc::no_value:
      return "coroutine is not paused at a yield";
    case coroutine_errc::no_result:
      return "coroutine has no result";
    }
    return "";
  }

private:
  coroutine_errc code_;
};

struct heap_frame {};
template <std::size_t N, std::size_t Align = alignof(std::max_align_t)>
struct inline_frame {};

namespace twin {

[[noreturn]] inline void misuse(coroutine_errc code) { throw coroutine_error(code); }

/// What twin.py writes for the suspension points' operands.
struct nothing {};
template <class S, class V> struct receiving_value {
  V&& value;
};
template <class S> receiving_value<S, nothing> receiving() {
  static nothing none;
  return {std::move(none)};
}
template <class S, class V> receiving_value<S, V> receiving(V&& value) {
  return {std::forward<V>(value)};
}
template <class C> struct delegation {
  C&& inner;
};
template <class C> delegation<C> from(C&& inner) { return {std::forward<C>(inner)}; }

template <class T> struct boxed {
  using type = T;
};
template <> struct boxed<void> {
  using type = char;
};
template <class T> using plain = typename boxed<std::remove_cv_t<std::remove_reference_t<T>>>::type;

/// What outlives the frame.
template <class Y, class S, class R> struct control {
  std::coroutine_handle<> frame;
  bool started = false, running = false, ended = false, busy = false, awaits = false;
  bool copies = false;
  bool has_value = false;
  control* inner = nullptr; // the one this delegates to
  control* outer = nullptr;
  bool borrowed = false;
  std::remove_reference_t<std::conditional_t<std::is_void_v<Y>, char, Y>>* value = nullptr;
  std::remove_reference_t<std::conditional_t<std::is_void_v<S>, char, S>>* sent = nullptr;
  std::exception_ptr raised, escaped;
  std::conditional_t<std::is_reference_v<R>, std::remove_reference_t<R>*, std::optional<plain<R>>> result{};
  bool has_result = false;

  control& leaf() { return inner ? inner->leaf() : *this; }

  void drop() { // the innermost first
    if (ended)
      return;
    if (inner) {
      control* old = std::exchange(inner, nullptr);
      old->outer = nullptr;
      if (!old->borrowed)
        old->drop();
      old->borrowed = false;
    }
    ended = true;
    frame.destroy();
  }

  bool step() {
    busy = true;
    for (;;) {
      control& at = leaf();
      at.running = at.started = true;
      at.frame.resume();
      at.running = false;
      if (at.frame.done()) {
        at.ended = true;
        at.frame.destroy();
        std::exception_ptr exception = std::exchange(at.escaped, nullptr);
        if (&at == this) {
          busy = false;
          if (exception)
            std::rethrow_exception(exception);
          return false;
        }
        control* outer = std::exchange(at.outer, nullptr);
        outer->inner = nullptr;
        at.borrowed = false;
        if (exception)
          outer->raised = exception;
      } else if (!at.inner) {
        busy = false;
        return true;
      }
    }
  }
};

template <class Self, class Y, class S, class R> struct promise_base {
  using control_type = control<Y, S, R>;
  control_type* at = new control_type;

  Self get_return_object() {
    at->frame = std::coroutine_handle<typename Self::promise_type>::from_promise(
        static_cast<typename Self::promise_type&>(*this));
    return Self(at);
  }
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception() {
    at->has_result = false;
    at->result = {};
    at->escaped = std::current_exception();
  }

  /// A pause with a value of type V, which lives where it was written or, when
  /// it must be converted, here.
  template <class V, bool Receives> struct pause {
    control_type* at;
    std::conditional_t<std::is_void_v<Y>, nothing, V>&& given;
    static constexpr bool has_value = !std::is_same_v<std::remove_reference_t<V>, nothing>;
    static constexpr bool direct = [] {
      if constexpr (!has_value || std::is_void_v<Y>)
        return true;
      else
        return std::is_convertible_v<std::remove_reference_t<V>*, std::remove_reference_t<Y>*> &&
               std::is_same_v<plain<V>, plain<Y>> && !std::is_scalar_v<plain<Y>>;
    }();
    std::conditional_t<direct, char, std::optional<plain<Y>>> converted{};

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) {
      if constexpr (has_value && !std::is_void_v<Y>) {
        if constexpr (direct) {
          at->value = std::addressof(given);
        } else if constexpr (std::is_reference_v<Y>) {
          at->value = std::addressof(given);
        } else {
          at->value = std::addressof(*converted);
        }
      }
      at->has_value = has_value || std::is_void_v<Y>;
      at->awaits = Receives;
    }
    auto await_resume() -> std::conditional_t<Receives, S, void> {
      at->awaits = false;
      if (at->raised)
        std::rethrow_exception(std::exchange(at->raised, nullptr));
      if constexpr (Receives) {
        if constexpr (std::is_reference_v<S>)
          return *at->sent;
        else if constexpr (!std::is_copy_constructible_v<S>)
          return S(std::move(*at->sent));
        else if (at->copies)
          return S(std::as_const(*at->sent));
        else
          return S(std::move(*at->sent));
      }
    }
  };
  template <bool Receives, class V> pause<V, Receives> pause_with(V&& value) {
    pause<V, Receives> made{at, std::forward<V>(value)};
    return made;
  }
  template <class V> struct converting_pause : pause<V, false> {};

  template <class V> auto yield_value(V&& value) { return make<false, V>(value); }
  template <class T, class V> auto yield_value(receiving_value<T, V> wrapped) {
    return make<true, V>(wrapped.value);
  }
  template <bool Receives, class V> pause<V, Receives> make(std::remove_reference_t<V>& value) {
    using result = pause<V, Receives>;
    if constexpr (std::is_void_v<Y>) {
      static nothing none;
      return result{at, std::move(none)};
    } else if constexpr (result::direct || std::is_reference_v<Y>) {
      return result{at, std::forward<V>(value)};
    } else {
      return result{at, std::forward<V>(value), std::optional<plain<Y>>(std::forward<V>(value))};
    }
  }

  template <class C> struct inner_pause {
    control_type* at;
    C&& inner;
    bool await_ready() const {
      if (inner.done())
        return true;
      inner.check_ready();
      return false;
    }
    void await_suspend(std::coroutine_handle<>) {
      control_type* other = inner.get();
      other->outer = at;
      other->borrowed = std::is_lvalue_reference_v<C>;
      at->inner = other;
    }
    auto await_resume() -> typename std::remove_reference_t<C>::returns {
      if (at->raised)
        std::rethrow_exception(std::exchange(at->raised, nullptr));
      if constexpr (!std::is_void_v<typename std::remove_reference_t<C>::returns>)
        return std::move(inner.result());
    }
  };
  template <class C> inner_pause<C> await_transform(delegation<C> wrapped) {
    return {at, std::forward<C>(wrapped.inner)};
  }
};

template <class Self, class Y, class S, class R> struct promise : promise_base<Self, Y, S, R> {
  template <class V = R> void return_value(V&& value) {
    if constexpr (std::is_same_v<std::remove_cv_t<std::remove_reference_t<V>>, nothing>) {
      return;
    } else {
      if constexpr (std::is_reference_v<R>)
        this->at->result = std::addressof(value);
      else
        this->at->result.emplace(std::forward<V>(value));
      this->at->has_result = true;
    }
  }
};
template <class Self, class Y, class S> struct promise<Self, Y, S, void> : promise_base<Self, Y, S, void> {
  void return_void() { this->at->has_result = true; }
};

struct end_of_values {};
template <class Generator> class value_iterator {
public:
  using difference_type = std::ptrdiff_t;
  using reference = decltype(std::declval<Generator&>().value());
  using value_type = std::remove_cv_t<std::remove_reference_t<reference>>;
  value_iterator() = default;
  explicit value_iterator(Generator& owner) : owner(&owner) {}
  reference operator*() const { return owner->value(); }
  auto operator->() const { return std::addressof(owner->value()); }
  value_iterator& operator++() {
    owner->next();
    return *this;
  }
  void operator++(int) { owner->next(); }
  friend bool operator==(const value_iterator& at, end_of_values) { return at.owner->done(); }

private:
  Generator* owner = nullptr;
};

template <class Self, class Y, class S, class R> class operations {
public:
  using yields = Y;
  using receives = S;
  using returns = R;
  using promise_type = promise<Self, Y, S, R>;
  using control_type = control<Y, S, R>;

  operations() = default;
  explicit operations(control_type* at) : at(at) {}
  operations(operations&& from) noexcept : at(std::exchange(from.at, nullptr)) {}
  operations& operator=(operations&& from) noexcept {
    control_type* taken = std::exchange(from.at, nullptr);
    reset();
    at = taken;
    return *this;
  }
  ~operations() { reset(); }

  bool next() {
    check_ready();
    return at->step();
  }
  template <class T = S, class = std::enable_if_t<!std::is_void_v<T>>>
  bool send(std::add_rvalue_reference_t<T> value) {
    return send_object(std::addressof(value), false);
  }
  template <class T = S,
            class = std::enable_if_t<std::is_object_v<T> && std::is_copy_constructible_v<T>>>
  bool send(const std::type_identity_t<T>& value) {
    return send_object(const_cast<T*>(std::addressof(value)), true);
  }
  bool raise(std::exception_ptr exception) {
    check_idle();
    if (!at->started) {
      at->drop();
      std::rethrow_exception(exception);
    }
    at->leaf().raised = exception;
    at->leaf().awaits = false;
    return at->step();
  }
  void close() {
    if (done())
      return;
    check_idle();
    at->drop();
  }
  bool done() const { return !at || at->ended; }
  template <class T = Y> std::remove_reference_t<T>& value() {
    if (done() || !at->started || at->running || at->busy || at->outer || !at->leaf().has_value)
      misuse(coroutine_errc::no_value);
    return *at->leaf().value;
  }
  std::add_lvalue_reference_t<R> result() {
    if (!at || !at->ended || !at->has_result)
      misuse(coroutine_errc::no_result);
    if constexpr (!std::is_void_v<R>)
      return *at->result;
  }

  control_type* get() const { return at; }
  void check_ready() const {
    check_idle();
    if (at->leaf().awaits)
      misuse(coroutine_errc::value_awaited);
  }

private:
  void reset() {
    if (control_type* old = std::exchange(at, nullptr)) {
      old->drop();
      delete old;
    }
  }
  void check_idle() const {
    if (done())
      misuse(coroutine_errc::ended);
    if (at->running || at->busy)
      misuse(coroutine_errc::running);
    if (at->outer)
      misuse(coroutine_errc::delegated);
  }
  bool send_object(std::remove_reference_t<S>* value, bool copies) {
    check_idle();
    if (!at->started)
      misuse(coroutine_errc::not_started);
    auto& leaf = at->leaf();
    if (!leaf.awaits)
      misuse(coroutine_errc::no_value_awaited);
    leaf.sent = value;
    leaf.copies = copies;
    return at->step();
  }

  control_type* at = nullptr;
};

} // namespace twin

template <class Y, class S = void, class R = void, class Storage = heap_frame>
class coroutine : public twin::operations<coroutine<Y, S, R, Storage>, Y, S, R> {
public:
  using twin::operations<coroutine, Y, S, R>::operations;
};

template <class Y, class Storage = heap_frame>
class generator : public twin::operations<generator<Y, Storage>, Y, void, void>
#ifdef TWIN_RANGES
    ,
                  public std::ranges::view_base
#endif
{
public:
  using twin::operations<generator, Y, void, void>::operations;
  using iterator = twin::value_iterator<generator>;
  iterator begin() {
    if (!this->done())
      this->next();
    return iterator(*this);
  }
  twin::end_of_values end() const noexcept { return {}; }
};

} // namespace weft

#endif // WEFT_TEST_RUN_TWIN_H
