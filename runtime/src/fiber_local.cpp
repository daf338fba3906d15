// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The keys of values that belong to fibers.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/fiber_local.h>

#include <atomic>

namespace weft::detail {

std::uint64_t new_local_key() noexcept {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

} // namespace weft::detail
