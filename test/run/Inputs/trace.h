// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What run tests of coroutines print: what comes out of one that is resumed,
// closed, raised into and thrown through in every way.

#ifndef WEFT_TEST_RUN_TRACE_H
#define WEFT_TEST_RUN_TRACE_H

#include "objects.h"

#include <weft/coroutine.h>

namespace trace {

template <class C> void show_value(C& c) {
  if constexpr (!std::is_void_v<typename C::yields>) {
    std::printf("  value ");
    show(c.value());
    std::printf("\n");
  }
}

template <class C> void show_end(C& c) {
  if constexpr (!std::is_void_v<typename C::returns>) {
#ifdef __cpp_exceptions
    try {
      std::printf("  result ");
      show(c.result());
      std::printf("\n");
    } catch (const weft::coroutine_error& error) {
      std::printf("none: %s\n", error.what());
    }
#else
    std::printf("  result ");
    show(c.result());
    std::printf("\n");
#endif
  }
  std::printf("  end%s\n", c.done() ? "" : " BROKEN: not done");
}

/// Goes on once; the `step`-th time. Where a value is awaited, sends one.
template <class C> bool resume(C& c, [[maybe_unused]] int step) {
  if constexpr (std::is_void_v<typename C::receives>) {
    return c.next();
  } else {
    if (step == 0)
      return c.next();
    return c.send(static_cast<typename C::receives>(step));
  }
}

/// Resumes up to `pauses` times, less when it ends; returns how often it paused.
template <class C> int advance(C& c, int pauses, int from = 0) {
  int paused = 0;
  while (paused < pauses) {
    if (!resume(c, from + paused)) {
      show_end(c);
      break;
    }
    show_value(c);
    ++paused;
  }
  return paused;
}

constexpr int many = 1000;

#ifdef __cpp_exceptions
/// Which ways of using a coroutine `exercise` tries.
enum ways : unsigned {
  closing = 1,  ///< close and destroy at each pause
  raising = 2,  ///< raise at each pause
  throwing = 4, ///< throw from each place
  all = 7
};

/// Runs what `make` returns to its end, then ends it in every other way.
template <class Make>
void exercise(const char* name, Make make, unsigned how = all, int limit = 12) {
  std::printf("%s: to the end\n", name);
  int pauses = 0;
  guarded([&] {
    auto c = make();
    pauses = advance(c, how == 0 ? many : 4 * limit);
  });
  end_of_section();
  if (pauses > limit)
    pauses = limit;

  for (int pause = 0; how & closing && pause <= pauses; ++pause) {
    std::printf("%s: close at %d\n", name, pause);
    guarded([&] {
      auto c = make();
      advance(c, pause);
      c.close();
      std::printf("  %s\n", c.done() ? "closed" : "BROKEN: not done");
    });
    end_of_section();
    std::printf("%s: destroy at %d\n", name, pause);
    guarded([&] {
      auto c = make();
      advance(c, pause);
    });
    end_of_section();
  }

  for (int pause = 0; how & raising && pause <= pauses; ++pause) {
    std::printf("%s: raise at %d\n", name, pause);
    auto c = make();
    if (guarded([&] {
          advance(c, pause);
          if (c.raise(std::make_exception_ptr(raised())))
            show_value(c);
          else
            show_end(c);
        }) &&
        !c.done())
      guarded([&] { advance(c, limit, 1); });
    c.close();
    end_of_section();
  }

  for (int nth = 1; how & throwing && nth <= 60; ++nth) {
    std::printf("%s: throw from %d\n", name, nth);
    fuse = nth;
    guarded([&] {
      auto c = make();
      advance(c, limit);
    });
    const bool passed = fuse != 0;
    fuse = 0;
    end_of_section();
    if (passed)
      break;
  }
}
#endif

} // namespace trace

#endif // WEFT_TEST_RUN_TRACE_H
