// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lean generators on C++20 coroutines, as peers: nothing stored that is not
// needed, exceptions pass through resume().

#ifndef WEFT_BENCH_NATIVE_H
#define WEFT_BENCH_NATIVE_H

#include <coroutine>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <type_traits>
#include <utility>

namespace native {

/// What the promises ask for, when set: the size of the frame made last.
inline std::size_t* frame_size = nullptr;

struct measured {
#ifdef BENCH_MEASURE_FRAMES
  static void* operator new(std::size_t size) {
    *frame_size = size;
    return std::malloc(size);
  }
  static void operator delete(void* frame) { std::free(frame); }
#endif
};

/// A promise that holds only the value: the leanest there is, but it cannot be
/// delegated to.
template <class T> struct lean_promise : measured {
  T value;
  auto yield_value(T yielded) {
    value = yielded;
    return std::suspend_always();
  }
};

/// With a handle of the one it works for, which every Weft frame also has.
template <class T> struct linked_promise : lean_promise<T> {
  std::coroutine_handle<> outer;
};

template <class T, template <class> class Promise = lean_promise>
class generator {
public:
  struct promise_type : Promise<T> {
    generator get_return_object() {
      return generator(
          std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { throw; }
  };

  generator(generator&& from) noexcept
      : handle(std::exchange(from.handle, nullptr)) {}
  ~generator() {
    if (handle)
      handle.destroy();
  }

  struct iterator {
    std::coroutine_handle<promise_type> handle;
    const T& operator*() const { return handle.promise().value; }
    iterator& operator++() {
      handle.resume();
      return *this;
    }
    bool operator!=(std::nullptr_t) const { return !handle.done(); }
  };
  iterator begin() {
    handle.resume();
    return {handle};
  }
  std::nullptr_t end() { return nullptr; }

private:
  explicit generator(std::coroutine_handle<promise_type> handle)
      : handle(handle) {}
  std::coroutine_handle<promise_type> handle;
};

/// Delegation by symmetric transfer, as std::generator does it: the root knows
/// the innermost, `co_await inner` goes down, the end of `inner` goes up.
template <class T> class recursive_generator {
public:
  struct promise_type;
  using handle_type = std::coroutine_handle<promise_type>;

  struct promise_type {
    T value;
    promise_type* root = this;
    handle_type link; // of the root: the innermost; else the outer
    std::exception_ptr raised;

    recursive_generator get_return_object() {
      link = handle_type::from_promise(*this);
      return recursive_generator(link);
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct hand_back {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(handle_type ended) noexcept {
        promise_type& self = ended.promise();
        if (self.root == &self)
          return std::noop_coroutine();
        self.root->link = self.link;
        return self.link;
      }
      void await_resume() noexcept {}
    };
    hand_back final_suspend() noexcept { return {}; }
    auto yield_value(T yielded) {
      root->value = yielded;
      return std::suspend_always();
    }
    struct hand_over {
      recursive_generator inner;
      bool await_ready() noexcept { return false; }
      handle_type await_suspend(handle_type outer) noexcept {
        promise_type* root = outer.promise().root;
        inner.handle.promise().root = root;
        inner.handle.promise().link = outer;
        root->link = inner.handle;
        return inner.handle;
      }
      void await_resume() {
        if (inner.handle.promise().raised)
          std::rethrow_exception(inner.handle.promise().raised);
      }
    };
    hand_over await_transform(recursive_generator&& inner) {
      return {std::move(inner)};
    }
    void return_void() {}
    void unhandled_exception() {
      if (root == this)
        throw;
      raised = std::current_exception();
    }
  };

  recursive_generator(recursive_generator&& from) noexcept
      : handle(std::exchange(from.handle, nullptr)) {}
  ~recursive_generator() {
    if (handle)
      handle.destroy();
  }

  struct iterator {
    handle_type root;
    const T& operator*() const { return root.promise().value; }
    iterator& operator++() {
      root.promise().link.resume();
      return *this;
    }
    bool operator!=(std::nullptr_t) const { return !root.done(); }
  };
  iterator begin() {
    handle.resume();
    return {handle};
  }
  std::nullptr_t end() { return nullptr; }

private:
  explicit recursive_generator(handle_type handle) : handle(handle) {}
  handle_type handle;
};

} // namespace native

#endif // WEFT_BENCH_NATIVE_H
