// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Storage that ended frames leave to those that begin next.
//
// A recursive walk makes and ends a frame for each node, and the allocator would
// take half of its time. Frames of one size end and begin by turns, so a few places
// of each size are enough.

#ifndef WEFT_KEPT_STORAGE_H
#define WEFT_KEPT_STORAGE_H

#include <weft/config.h>

#include <cstddef>
#include <new>

/// Whether frames that end leave their storage to others. A sanitizer is to see each
/// end; so is valgrind, for which programs define it to be 0. Parts of a program may
/// differ.
#ifndef WEFT_KEEP_FRAMES
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WEFT_KEEP_FRAMES 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||               \
    __has_feature(thread_sanitizer)
#define WEFT_KEEP_FRAMES 0
#endif
#endif
#endif
#ifndef WEFT_KEEP_FRAMES
#define WEFT_KEEP_FRAMES 1
#endif

namespace weft::detail {

/// What a thread keeps: at most `most` places of each size, in steps of `step` bytes.
/// All come from `operator new`, and go back to it when the thread ends.
struct kept_storage {
  static constexpr std::size_t step = 32;
  static constexpr std::size_t sizes = 16;
  static constexpr unsigned most = 8;

  struct place {
    place* next;
  };
  struct {
    place* first = nullptr;
    unsigned room = 0; ///< For how many more; none before the first one comes.
  } of[sizes];
  bool is_open = false;
  bool has_ended = false;
};

inline thread_local kept_storage kept;

/// Keeps the first one of a thread, and frees what there is no room for.
void give_storage_up(void* storage, std::size_t index) noexcept;

/// Storage for objects of the type `T`, from `operator new` and its failures. O(1).
template <class T> struct storage_for {
  static constexpr std::size_t index = (sizeof(T) - 1) / kept_storage::step;
  static constexpr bool can_be_kept = index < kept_storage::sizes &&
                                      alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__;

  static void* take() {
    auto& here = kept.of[index];
    if (kept_storage::place* first = here.first; WEFT_LIKELY(first != nullptr)) {
      here.first = first->next;
      ++here.room;
      return first;
    }
    return ::operator new((index + 1) * kept_storage::step);
  }
  static void give(void* storage) noexcept {
    auto& here = kept.of[index];
    if (!WEFT_LIKELY(here.room != 0))
      return give_storage_up(storage, index);
    --here.room;
    here.first = ::new (storage) kept_storage::place{here.first};
  }
};

} // namespace weft::detail

#endif // WEFT_KEPT_STORAGE_H
