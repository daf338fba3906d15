// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What run tests of fibers do with a fiber function: they run it to its end,
// throw from each of its places, and cancel it at each of its pauses. Which
// pauses really pause is for the environment to say; the trace is the same.

#ifndef WEFT_TEST_RUN_FIBERS_H
#define WEFT_TEST_RUN_FIBERS_H

#include "objects.h"

#include <cstdlib>
#include <cstring>
#include <weft/fiber.h>

namespace trace {

/// WEFT_TEST_PAUSES: which really pause.
inline bool pauses_really(int nth) {
  static const char* const which = std::getenv("WEFT_TEST_PAUSES");
  if (which == nullptr || std::strcmp(which, "all") == 0)
    return true;
  if (std::strcmp(which, "none") == 0)
    return false;
  return nth % 2 == 0;
}

inline int pauses = 0;    ///< So far.
inline int cancel_at = 0; ///< The pause at which the fiber is cancelled.
inline weft::task<void>* running = nullptr;

[[weft::fiber]] inline void cede() {
  if (++pauses == cancel_at) {
    running->cancel();
    weft::this_fiber::yield();
  } else if (pauses_really(pauses)) {
    weft::this_fiber::yield();
  }
}


[[weft::fiber]] inline int cede(int value) {
  cede();
  return value;
}

inline void end_run(const char* what, int number) {
  std::printf("  %s %d: pauses %d, live %d\n", what, number, pauses, live);
  live = pauses = fuse = cancel_at = 0;
}

/// Runs `body` in every way.
inline void exercise(const char* name, weft::function<void()> body) {
  std::printf("%s: to the end\n", name);
  guarded([&] {
    weft::run([&] {
      auto task = weft::spawn(body);
      running = &task;
      task.get();
    });
  });
  const int last = pauses;
  end_run("end", 0);
  for (int nth = 1; nth <= 60; ++nth) {
    std::printf("%s: throw from %d\n", name, nth);
    fuse = nth;
    guarded([&] {
      weft::run([&] {
        auto task = weft::spawn(body);
        running = &task;
        task.get();
      });
    });
    const bool passed = fuse != 0;
    end_run("end", nth);
    if (passed)
      break;
  }
  for (int nth = 1; nth <= last && nth <= 20; ++nth) {
    std::printf("%s: cancel at %d\n", name, nth);
    cancel_at = nth;
    weft::run([&] {
      auto task = weft::spawn(body);
      running = &task;
      task.join();
    });
    end_run("end", nth);
  }
}

} // namespace trace

using trace::cede;

#endif // WEFT_TEST_RUN_FIBERS_H
