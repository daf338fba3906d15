// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/kept_storage.h>

namespace weft::detail {

namespace {

/// Gives back what the thread keeps. Frames that end after it are not kept.
struct at_thread_end {
  ~at_thread_end() {
    kept.has_ended = true;
    for (auto& each : kept.of) {
      while (kept_storage::place* first = each.first) {
        each.first = first->next;
        ::operator delete(first);
      }
      each.room = 0;
    }
  }
};

} // namespace

void give_storage_up(void* storage, std::size_t index) noexcept {
  if (kept.is_open || kept.has_ended)
    return ::operator delete(storage);
  static thread_local at_thread_end end;
  static_cast<void>(end);
  kept.is_open = true;
  for (auto& each : kept.of)
    each.room = kept_storage::most;
  --kept.of[index].room;
  kept.of[index].first = ::new (storage) kept_storage::place{nullptr};
}

} // namespace weft::detail
