// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The schedulers of all threads, by which a debugger finds every fiber of a
// process, or of its core file. Always compiled with debug information, so that
// the debugger also knows how the runtime's own types look.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/scheduler.h>

namespace weft::detail {

std::mutex scheduler_list;
scheduler* first_scheduler = nullptr;

void list_scheduler(scheduler& home) noexcept {
  std::lock_guard<std::mutex> lock(scheduler_list);
  home.next = first_scheduler;
  first_scheduler = &home;
}

void unlist_scheduler(scheduler& home) noexcept {
  std::lock_guard<std::mutex> lock(scheduler_list);
  scheduler** at = &first_scheduler;
  while (*at != &home)
    at = &(*at)->next;
  *at = home.next;
}

} // namespace weft::detail
