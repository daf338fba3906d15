// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Frames of fiber functions as the tool would generate them, written by hand, so
// that the runtime is tested by itself. Each comment is the source that a frame
// stands for.

#ifndef WEFT_TEST_UNIT_RUNTIME_FIBER_FRAMES_H
#define WEFT_TEST_UNIT_RUNTIME_FIBER_FRAMES_H

#include "events.h"

#include <weft/fiber.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace fibers {

using events_log::events;
using events_log::guard;
using events_log::take_events;

// R f() { return <the wait that Make makes>; }
template <class Make>
using wait_result =
    decltype(std::declval<std::invoke_result_t<Make&>&>().await_resume());

template <class Make>
struct wait_frame final : weft::fiber_frame<wait_result<Make>> {
  using R = wait_result<Make>;
  Make& make;
  weft::slot<std::invoke_result_t<Make&>> awaiter;
  unsigned char weft_alive = 0;

  wait_frame(weft::into<R> result, Make& make)
      : weft::fiber_frame<R>(result), make(make) {}
  void weft_unwind(unsigned level) {
    if (weft_alive > level) {
      weft_alive = 0;
      awaiter.destroy();
    }
  }
  weft::outcome weft_run() {
    weft::activation_end<wait_frame> weft_end(*this);
    switch (this->weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    }
    awaiter.emplace_from([&]() { return make(); });
    weft_alive = 1;
    if (this->weft_wait(1, awaiter.value))
      return weft_end.paused();
  suspended_1:
    this->weft_resumed();
    if constexpr (std::is_void_v<R>)
      awaiter.value.await_resume();
    else
      this->weft_return([&]() -> R { return awaiter.value.await_resume(); });
    weft_unwind(0);
    return weft_end.done();
  }
};

/// A fiber function to spawn, run or call.
template <class Make> struct wait_function {
  using R = wait_result<Make>;
  using weft_signature = R();
  Make make;
  weft::activation* weft_begin(weft::into<R> result) {
    return weft::begin<wait_frame<Make>>(result, make);
  }
};
template <class Make> wait_function<Make> waiting(Make make) {
  return {std::move(make)};
}

/// A call of a fiber function, or a piece of ordinary code.
using step = std::function<weft::activation*()>;

/// `out = f();`
template <class R, class Make> step get(R& out, Make make) {
  return [&out, make]() mutable {
    return weft::begin<wait_frame<Make>>(weft::into<R>(out), make);
  };
}
template <class Make> step wait(Make make) {
  return [make]() mutable {
    return weft::begin<wait_frame<Make>>(weft::into<void>(), make);
  };
}
inline step act(std::function<void()> code) {
  return [code = std::move(code)]() -> weft::activation* {
    code();
    return nullptr;
  };
}
inline step log(char what) {
  return act([what] { events() += what; });
}
inline step yield() {
  return wait([] { return weft::this_fiber::yield(); });
}
template <class D> step sleep(D d) {
  return wait([d] { return weft::this_fiber::sleep_for(d); });
}

// void f() { guard g(name); for (auto& s : steps) s(); }
struct sequence_frame final : weft::fiber_frame<void> {
  char name;
  std::vector<step>& steps;
  std::size_t i = 0;
  weft::slot<guard> g;
  unsigned char weft_alive = 0;

  sequence_frame(weft::into<void> result, char name, std::vector<step>& steps)
      : weft::fiber_frame<void>(result), name(name), steps(steps) {}
  void weft_unwind(unsigned level) {
    if (weft_alive > level) {
      weft_alive = 0;
      g.destroy();
    }
  }
  weft::outcome weft_run() {
    weft::activation_end<sequence_frame> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    }
    ::new (g.storage()) guard(name);
    weft_alive = 1;
    for (i = 0; i < steps.size(); ++i) {
      if (weft_call(1, steps[i]()))
        return weft_end.paused();
    suspended_1:
      weft_resumed();
    }
    weft_unwind(0);
    return weft_end.done();
  }
};
struct sequence {
  using weft_signature = void();
  char name;
  std::vector<step> steps;
  sequence(char name, std::vector<step> steps)
      : name(name), steps(std::move(steps)) {}
  weft::activation* weft_begin(weft::into<void> result) {
    return weft::begin<sequence_frame>(result, name, steps);
  }
};
/// A call of another.
inline step call(char name, std::vector<step> steps) {
  return [s = sequence(name, std::move(steps))]() mutable {
    return s.weft_begin({});
  };
}

/// Runs the fibers that are ready until they wait.
inline void settle() {
  weft::run(sequence('.', {yield(), yield(), yield()}));
  events().pop_back();
}
/// Fibers of the test before that were cancelled at its end come to theirs.
inline void begin_test() {
  settle();
  take_events();
}

#if WEFT_HAS_EXCEPTIONS
// void f() { try { body(); } catch (...) { handler(); } }
struct try_frame final : weft::fiber_frame<void> {
  step& body;
  std::function<void()>& handler;

  try_frame(weft::into<void> result, step& body, std::function<void()>& handler)
      : weft::fiber_frame<void>(result), body(body), handler(handler) {}
  weft::outcome weft_run() {
    weft::activation_end<try_frame> weft_end(*this);
    try {
      switch (weft_enter()) {
      case 0: break;
      case 1: goto suspended_1;
      }
      if (weft_call(1, body()))
        return weft_end.paused();
    suspended_1:
      weft_resumed();
    } catch (...) {
      handler();
    }
    return weft_end.done();
  }
};
inline step attempt(step body, std::function<void()> handler) {
  return [body = std::move(body), handler = std::move(handler)]() mutable {
    return weft::begin<try_frame>(weft::into<void>(), body, handler);
  };
}
#endif

// int depth(int n) { if (n == 0) { if (pauses) yield(); return 0; }
//                    return depth(n - 1) + 1; }
struct depth_frame final : weft::fiber_frame<int> {
  int n;
  bool pauses;
  int inner;
  weft::slot<weft::detail::yield_awaiter> awaiter;

  depth_frame(weft::into<int> result, int n, bool pauses)
      : weft::fiber_frame<int>(result), n(n), pauses(pauses) {}
  weft::outcome weft_run() {
    weft::activation_end<depth_frame> weft_end(*this);
    switch (weft_enter()) {
    case 0: break;
    case 1: goto suspended_1;
    case 2: goto suspended_2;
    }
    if (n == 0) {
      if (pauses) {
        awaiter.emplace_from([] { return weft::this_fiber::yield(); });
        if (weft_wait(1, awaiter.value))
          return weft_end.paused();
      suspended_1:
        weft_resumed();
      }
      weft_return([] { return 0; });
      return weft_end.done();
    }
    if (weft_call(2, weft::begin<depth_frame>(weft::into<int>(inner), n - 1,
                                              pauses)))
      return weft_end.paused();
  suspended_2:
    weft_resumed();
    weft_return([this] { return inner + 1; });
    return weft_end.done();
  }
};
struct depth_function {
  using weft_signature = int(int, bool);
  weft::activation* weft_begin(weft::into<int> result, int n, bool pauses) {
    return weft::begin<depth_frame>(result, n, pauses);
  }
};
/// The driving entry.
inline int depth(int n, bool pauses) {
  return weft::drive<int>("depth", [=](weft::into<int> result) {
    return depth_function().weft_begin(result, n, pauses);
  });
}

} // namespace fibers

#endif // WEFT_TEST_UNIT_RUNTIME_FIBER_FRAMES_H
