// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Slabs of blocks of few sizes, without a header on the block.
//
// A pool belongs to one thread. Blocks that are given back are kept for the
// next of their size; the memory goes back when the pool is released.

#ifndef WEFT_POOL_H
#define WEFT_POOL_H

#include <weft/memory.h>

#include <cstdint>

namespace weft::detail {

/// Up to 512 bytes every multiple of 16; beyond, four sizes an octave.
constexpr unsigned size_class(std::size_t bytes) noexcept {
  if (bytes <= 512)
    return bytes == 0 ? 1 : static_cast<unsigned>((bytes + 15) / 16);
  unsigned result = 33;
  for (std::size_t octave = 512;; octave *= 2)
    for (std::size_t size = octave + octave / 4; size <= 2 * octave;
         size += octave / 4, ++result)
      if (bytes <= size)
        return result;
}
constexpr std::size_t class_bytes(unsigned index) noexcept {
  if (index <= 32)
    return index * std::size_t(16);
  std::size_t octave = std::size_t(512) << ((index - 33) / 4);
  return octave + octave / 4 * ((index - 33) % 4 + 1);
}
/// Six bits are enough for their number; what is larger has no place in a pool.
inline constexpr unsigned size_classes = 63;

class pool {
public:
  /// O(1).
  void* take(unsigned index) {
    if (block* at = free[index]) {
      free[index] = at->next;
      return at;
    }
    return take_new(index);
  }
  void give(void* storage, unsigned index) noexcept {
    block* at = static_cast<block*>(storage);
    at->next = free[index];
    free[index] = at;
  }
  /// Gives all memory back; every block is invalid.
  void release() noexcept;

  /// Visits every block that was ever taken, also those given back.
  template <class Visit> void for_each(Visit&& visit) {
    for (page* at = pages; at != nullptr; at = at->next) {
      char* begin = reinterpret_cast<char*>(at + 1);
      std::size_t bytes = class_bytes(at->index);
      char* end = at == newest[at->index] ? fresh[at->index] : at->end;
      for (; begin + bytes <= end; begin += bytes)
        visit(static_cast<void*>(begin));
    }
  }

private:
  struct block {
    block* next;
  };
  struct page {
    page* next;
    char* end;
    std::size_t bytes;
    unsigned index;
  };
  static_assert(sizeof(page) % alignof(std::max_align_t) == 0);
  void* take_new(unsigned index);

  block* free[size_classes] = {};
  /// The page that blocks of this size are cut from, and up to where it is cut.
  page* newest[size_classes] = {};
  char* fresh[size_classes] = {};
  page* pages = nullptr;
};

} // namespace weft::detail

#endif // WEFT_POOL_H
