// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where fibers get their memory from.

#ifndef WEFT_MEMORY_H
#define WEFT_MEMORY_H

#include <weft/config.h>

#include <cstddef>

namespace weft {

/// A pair of functions that all memory of fibers comes from: control blocks,
/// frames, timers, buffers of channels, states of futures. Both are called from
/// any thread. `allocate` returns storage aligned for `std::max_align_t`, or
/// null, which becomes `std::bad_alloc`, or without exceptions ends the
/// process. `deallocate` gets the size that was asked for.
///
/// Fibers are small and come in slabs; a slab goes back when its thread ends.
struct memory_functions {
  void* (*allocate)(std::size_t bytes);
  void (*deallocate)(void* storage, std::size_t bytes);
};

/// Installs `functions`, returns those before. By default `malloc` and `free`.
/// What one pair allocated the same pair must free: to be called before the
/// first use of a fiber, a channel or a promise.
memory_functions set_memory_functions(memory_functions functions) noexcept;

namespace detail {

/// Never null.
void* allocate(std::size_t bytes);
void deallocate(void* storage, std::size_t bytes) noexcept;

} // namespace detail
} // namespace weft

#endif // WEFT_MEMORY_H
