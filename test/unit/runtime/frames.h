// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Frames as the tool would generate them, written by hand, so that the runtime
// is tested by itself. Each comment is the source that a frame stands for.

#ifndef WEFT_TEST_UNIT_RUNTIME_FRAMES_H
#define WEFT_TEST_UNIT_RUNTIME_FRAMES_H

#include "events.h"

#include <weft/coroutine.h>

#include <functional>
#include <string>
#include <utility>

namespace frames {

using events_log::events;
using events_log::guard;
using events_log::take_events;

// { guard g('g'); for (int i = first; i < last; ++i) weft::yield(i); }
struct counter final : weft::weft_coroutine_frame<int, void, void> {
  int first, last, i = 0;
  weft::slot<guard> g;
  unsigned char weft_alive = 0;

  counter(int first, int last) : first(first), last(last) {}
  void weft_unwind(unsigned level) {
    if (weft_alive > level) {
      weft_alive = 0;
      g.destroy();
    }
  }
  void weft_run() {
    const weft::ender<counter> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    }
    ::new (g.storage()) guard('g');
    weft_alive = 1;
    for (i = first; i < last; ++i) {
      return weft_yield(1, i);
    suspended_1:
      weft_resumed();
    }
    weft_unwind(0);
    weft_finish();
  }
};
inline weft::generator<int> count(int first, int last) {
  return {weft::in_frame<counter>(), first, last};
}

// Alive from the call on: the parameter. Yields what `step` says until that is
// negative; lets its exceptions through.
struct caller final : weft::weft_coroutine_frame<int, void, std::string> {
  weft::slot<guard> parameter;
  std::function<int()> step;
  int value = 0;
  unsigned char weft_alive = 1;

  explicit caller(std::function<int()> step) : step(std::move(step)) {
    ::new (parameter.storage()) guard('p');
  }
  void weft_unwind(unsigned level) {
    if (weft_alive > level) {
      weft_alive = 0;
      parameter.destroy();
    }
  }
  void weft_run() {
    const weft::ender<caller> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    }
    while ((value = step()) >= 0) {
      return weft_yield(1, value);
    suspended_1:
      weft_resumed();
    }
    weft_return([] { return std::string("a result that needs the heap"); });
    weft_unwind(0);
    weft_finish();
  }
};
using calls = weft::coroutine<int, void, std::string>;
inline calls call(std::function<int()> step) {
  return {weft::in_frame<caller>(), std::move(step)};
}

// for (;;) { std::string got = weft::yield<std::string>(total);
//            if (got.empty()) return total; total += got.size(); }
struct adder final : weft::weft_coroutine_frame<int, std::string, int> {
  int total = 0;

  void weft_run() {
    const weft::ender<adder> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    }
    for (;;) {
      return weft_await(1, total);
    suspended_1:
      weft_resumed();
      std::string got = weft_received();
      if (got.empty()) {
        weft_return([this] { return total; });
        return weft_finish();
      }
      total += static_cast<int>(got.size());
    }
  }
};
using adds = weft::coroutine<int, std::string, int>;
inline adds add() { return {weft::in_frame<adder>()}; }

// int n = weft::yield<int>(); weft::yield(n); n = weft::yield<int>(n + 1);
struct valueless final : weft::weft_coroutine_frame<int, int, void> {
  int n = 0;

  void weft_run() {
    const weft::ender<valueless> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    case 2: goto suspended_2;
    case 3: goto suspended_3;
    }
    return weft_await(1);
  suspended_1:
    weft_resumed();
    n = weft_received();
    return weft_yield(2, n);
  suspended_2:
    weft_resumed();
    return weft_await(3, n + 1);
  suspended_3:
    weft_resumed();
    n = weft_received();
    weft_finish();
  }
};

// guard o('o'); weft::yield_from(make()); weft::yield(-1);
// `make` is asked for an inner coroutine, or null for none.
template <class Inner = weft::generator<int>>
struct delegator final : weft::weft_coroutine_frame<int, void, void> {
  std::function<Inner()> make;
  weft::slot<guard> o;
  weft::slot<Inner> inner;
  unsigned char weft_alive = 0;
  static constexpr bool weft_can_delegate = true;

  explicit delegator(std::function<Inner()> make) : make(std::move(make)) {}
  void weft_unwind(unsigned level) {
    while (weft_alive > level)
      switch (weft_alive--) {
      case 1: o.destroy(); break;
      case 2: inner.destroy(); break;
      }
  }
  void weft_run() {
    const weft::ender<delegator> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    case 2: goto suspended_2;
    }
    ::new (o.storage()) guard('o');
    weft_alive = 1;
    inner.emplace_from([this] { return make(); });
    weft_alive = 2;
    if (this->weft_delegate(1, inner.value, false))
      return;
  suspended_1:
    this->weft_resumed();
    weft_unwind(1);
    return this->weft_yield(2, -1);
  suspended_2:
    this->weft_resumed();
    weft_unwind(0);
    this->weft_finish();
  }
};
inline weft::generator<int> delegate(std::function<weft::generator<int>()> make) {
  return {weft::in_frame<delegator<>>(), std::move(make)};
}

// weft::yield_from(inner); with `inner` a reference, any type of coroutine
template <class Inner>
struct borrower final
    : weft::weft_coroutine_frame<typename Inner::yields,
                                 typename Inner::receives,
                                 typename Inner::returns> {
  Inner& inner;
  static constexpr bool weft_can_delegate = true;

  explicit borrower(Inner& inner) : inner(inner) {}
  void weft_run() {
    const weft::ender<borrower> weft_end(*this);
    switch (this->weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    }
    if (this->weft_delegate(1, inner, true))
      return;
  suspended_1:
    this->weft_resumed();
    if constexpr (!std::is_void_v<typename Inner::returns>)
      this->weft_return([this] { return inner.result(); });
    this->weft_finish();
  }
};
template <class Inner> Inner borrow(Inner& inner) {
  return {weft::in_frame<borrower<Inner>>(), inner};
}

} // namespace frames

#endif // WEFT_TEST_UNIT_RUNTIME_FRAMES_H
