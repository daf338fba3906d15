// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Slabs of blocks, and the functions that they come from.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/fiber_errors.h>
#include <weft/pool.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace weft {

namespace {

void default_deallocate(void* storage, std::size_t) { std::free(storage); }
memory_functions installed{std::malloc, default_deallocate};

} // namespace

memory_functions set_memory_functions(memory_functions functions) noexcept {
  memory_functions before = installed;
  installed = functions;
  return before;
}

namespace detail {

void* allocate(std::size_t bytes) {
  if (void* storage = installed.allocate(bytes))
    return storage;
#if WEFT_HAS_EXCEPTIONS
  throw std::bad_alloc();
#else
  abort_with("out of memory");
#endif
}

void deallocate(void* storage, std::size_t bytes) noexcept {
  installed.deallocate(storage, bytes);
}

void* pool::take_new(unsigned index) {
  std::size_t bytes = class_bytes(index);
  page*& current = newest[index];
  char*& cut = fresh[index];
  if (current == nullptr ||
      static_cast<std::size_t>(current->end - cut) < bytes) {
    // The first is small, for programs with few fibers.
    std::size_t total = std::max(
        sizeof(page) + bytes,
        current == nullptr ? std::size_t(2048)
                           : std::min(current->bytes * 2, std::size_t(65536)));
    total -= (total - sizeof(page)) % bytes; // what no block would use
    current = ::new (allocate(total)) page{pages, nullptr, total, index};
    current->end = reinterpret_cast<char*>(current) + total;
    pages = current;
    cut = reinterpret_cast<char*>(current + 1);
  }
  void* result = cut;
  cut += bytes;
  return result;
}

void pool::release() noexcept {
  while (pages != nullptr) {
    page* next = pages->next;
    deallocate(pages, pages->bytes);
    pages = next;
  }
  *this = pool();
}

} // namespace detail
} // namespace weft
