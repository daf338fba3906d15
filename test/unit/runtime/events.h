// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What frames written by hand tell about what happens to them.

#ifndef WEFT_TEST_UNIT_RUNTIME_EVENTS_H
#define WEFT_TEST_UNIT_RUNTIME_EVENTS_H

#include <string>
#include <utility>

namespace events_log {

/// What happened on this thread, in order.
inline std::string& events() {
  static thread_local std::string log;
  return log;
}
inline std::string take_events() { return std::exchange(events(), {}); }

/// Writes its name to the log when it dies.
struct guard {
  char name;
  explicit guard(char name) : name(name) {}
  guard(const guard&) = delete;
  ~guard() { events() += name; }
};

} // namespace events_log

#endif // WEFT_TEST_UNIT_RUNTIME_EVENTS_H
