// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracle for what C++20 coroutines forbid: a thread for each coroutine, one
// of which runs at a time, so that a body is an ordinary function whose
// suspension points are ordinary blocking calls. See twin.py.
//
// Closing throws a `closing` through the body; tests in which a `catch (...)`
// would see it do not close.

#ifndef WEFT_TEST_RUN_THREADS_H
#define WEFT_TEST_RUN_THREADS_H

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace weft {

struct coroutine_error : std::exception {
  const char* what() const noexcept override { return "coroutine has no result"; }
};

namespace twin {

struct closing {};
template <class T> using plain = std::remove_cv_t<std::remove_reference_t<std::conditional_t<std::is_void_v<T>, char, T>>>;

struct untyped {
  std::mutex lock;
  std::condition_variable turned;
  bool inside = false; // whose turn it is
  bool started = false, ended = false, closes = false;
  std::exception_ptr raised, escaped;
  const void* value = nullptr;
  void* sent = nullptr;
  std::thread thread;

  void turn(bool to_inside) {
    std::unique_lock held(lock);
    inside = to_inside;
    turned.notify_all();
    turned.wait(held, [&] { return inside != to_inside; });
  }
  void end() {
    std::unique_lock held(lock);
    ended = true;
    inside = false;
    turned.notify_all();
  }
  void pause() {
    turn(false);
    if (closes)
      throw closing();
    if (raised)
      std::rethrow_exception(std::exchange(raised, nullptr));
  }
};
inline thread_local untyped* current = nullptr;

template <class C> struct outcome {
  std::optional<plain<typename C::returns>> result;
  outcome() = default;
  template <class T, class = std::enable_if_t<!std::is_void_v<typename C::returns>, T>>
  outcome(T&& value) : result(std::forward<T>(value)) {}
};

template <class Self, class Y, class S, class R> class operations {
public:
  using yields = Y;
  using receives = S;
  using returns = R;

  operations() = default;
  operations(operations&&) = default;
  operations& operator=(operations&& from) {
    close();
    at = std::move(from.at);
    body = std::move(from.body);
    result_ = std::move(from.result_);
    return *this;
  }
  ~operations() { close(); }

  bool next() { return step(); }
  template <class T = S, class = std::enable_if_t<!std::is_void_v<T>>> bool send(plain<T> value) {
    at->sent = &value;
    return step();
  }
  bool raise(std::exception_ptr exception) {
    if (!at->started) {
      close();
      std::rethrow_exception(exception);
    }
    at->raised = exception;
    return step();
  }
  void close() {
    if (!at || at->ended)
      return;
    if (!at->started) {
      at->ended = true;
      body = nullptr;
      return;
    }
    at->closes = true;
    step();
  }
  bool done() const { return !at || at->ended; }
  template <class T = Y> std::remove_reference_t<T>& value() {
    return *static_cast<std::remove_reference_t<T>*>(const_cast<void*>(at->value));
  }
  template <class T = R> T& result() {
    if (!*result_)
      throw coroutine_error();
    return **result_;
  }

  std::unique_ptr<untyped> at = std::make_unique<untyped>();
  std::function<void()> body;
  std::unique_ptr<std::optional<plain<R>>> result_ = std::make_unique<std::optional<plain<R>>>();

private:
  bool step() {
    untyped* state = at.get();
    if (!state->started) {
      state->started = state->inside = true;
      state->thread = std::thread([state, run = std::move(body)]() mutable {
        current = state;
        try {
          run();
        } catch (const closing&) {
        } catch (...) {
          state->escaped = std::current_exception();
        }
        run = nullptr;
        state->end();
      });
      std::unique_lock held(state->lock);
      state->turned.wait(held, [&] { return !state->inside; });
    } else {
      state->turn(true);
    }
    if (state->ended)
      state->thread.join();
    if (state->escaped)
      std::rethrow_exception(std::exchange(state->escaped, nullptr));
    return !state->ended;
  }
};

template <class C, class Body> C start(Body body) {
  C made;
  made.body = [body = std::make_shared<Body>(std::move(body)), into = made.result_.get()]() mutable {
    auto out = (*body)();
    if (out.result)
      *into = std::move(out.result);
  };
  return made;
}

} // namespace twin

struct heap_frame {};
template <class Y, class S = void, class R = void, class Storage = heap_frame>
class coroutine : public twin::operations<coroutine<Y, S, R, Storage>, Y, S, R> {};
template <class Y> class generator : public twin::operations<generator<Y>, Y, void, void> {
public:
  struct iterator {
    generator* owner;
    auto& operator*() const { return owner->value(); }
    iterator& operator++() {
      owner->next();
      return *this;
    }
    bool operator!=(const iterator&) const { return !owner->done(); }
  };
  iterator begin() {
    this->next();
    return {this};
  }
  iterator end() { return {this}; }
};

template <class S = void, class V> S yield(V&& value) {
  twin::current->value = &value;
  twin::current->pause();
  if constexpr (!std::is_void_v<S>)
    return S(std::move(*static_cast<S*>(twin::current->sent)));
}
template <class S = void> S yield() {
  twin::current->pause();
  if constexpr (!std::is_void_v<S>)
    return S(std::move(*static_cast<S*>(twin::current->sent)));
}

} // namespace weft

#endif // WEFT_TEST_RUN_THREADS_H
