// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The stack of frames of a fiber: chunks, each with the frames that were pushed
// since the one before was full.
//
// A fiber that has no chunk yet uses the thread's scratch chunk while it runs,
// and keeps it only if it pauses with frames on it. So a call that comes back
// before the fiber pauses costs no chunk, and a fiber that pauses in its first
// frame owns none.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/scheduler.h>

#include <algorithm>
#include <utility>

namespace weft::detail {

namespace {

constexpr std::size_t first_chunk = 512;
constexpr std::size_t large_chunk = 65536;
constexpr unsigned most_spares = 16;

frame_chunk* new_chunk(scheduler& home, frame_chunk* previous,
                       std::size_t bytes) {
  if (bytes < large_chunk) // its size tells later where it came from
    bytes = class_bytes(size_class(bytes));
  void* storage;
  if (bytes == large_chunk && home.spare != nullptr) {
    storage = home.spare;
    home.spare = home.spare->previous;
    --home.spares;
  } else if (bytes < large_chunk) {
    storage = home.chunks.take(size_class(bytes));
  } else {
    storage = allocate(bytes);
  }
  return ::new (storage) frame_chunk{previous, nullptr, bytes};
}

void free_chunk(scheduler& home, frame_chunk* chunk) noexcept {
  if (chunk->bytes < large_chunk) {
    home.chunks.give(chunk, size_class(chunk->bytes));
  } else if (chunk->bytes == large_chunk && home.spares < most_spares) {
    chunk->previous = home.spare;
    home.spare = chunk;
    ++home.spares;
  } else {
    deallocate(chunk, chunk->bytes);
  }
}

void set_scratch(scheduler& home) {
  if (ready.scratch == nullptr) {
    frame_chunk* chunk = new_chunk(home, nullptr, first_chunk);
    ready.scratch = chunk->begin();
  }
  enter_ready_scratch();
}

} // namespace

void leave_stack_slow(fiber& f) {
  scheduler& home = *ready.home;
  if (f.stack == nullptr) {
    f.stack = scratch_chunk();
    f.stack->top = here.top;
    ready.scratch = nullptr;
  } else if (f.stack->is_empty(here.top)) {
    free_chunk(home, f.stack);
    f.stack = nullptr;
  } else {
    f.stack->top = here.top;
  }
  set_scratch(home);
}

void enter_scratch() { set_scratch(*ready.home); }

void free_spares(scheduler& home) noexcept {
  while (frame_chunk* chunk = home.spare) {
    home.spare = chunk->previous;
    deallocate(chunk, chunk->bytes);
  }
  home.spares = 0;
}

void* push_slow(std::size_t bytes) {
  scheduler& home = scheduler::mine();
  if (ready.spawning != nullptr) {
    ready.spawning->separate_frame = 1;
    char* storage = static_cast<char*>(allocate(frame_align + bytes));
    ::new (storage) std::size_t(bytes);
    return storage + frame_align;
  }
  fiber& f = *here.running;
  if (f.stack == nullptr) {
    // It outgrows the scratch chunk.
    f.stack = scratch_chunk();
    ready.scratch = nullptr;
  }
  f.stack->top = here.top;
  std::size_t size = std::max(std::min(2 * f.stack->bytes, large_chunk),
                              bytes + sizeof(frame_chunk));
  frame_chunk* recent = home.recent_chunk;
  if (WEFT_LIKELY(recent != nullptr && recent->bytes >= size &&
                  recent->bytes < 2 * size)) {
    home.recent_chunk = nullptr;
    recent->previous = f.stack;
    f.stack = recent;
  } else {
    f.stack = new_chunk(home, f.stack, size);
  }
  set_current(f.stack, f.stack->begin() + bytes);
  return f.stack->begin();
}

void pop_chunk() noexcept {
  fiber& f = *here.running;
  frame_chunk* empty = f.stack;
  f.stack = empty->previous;
  // A loop whose calls begin where a chunk ends takes and gives one back each
  // time.
  frame_chunk*& recent = ready.home->recent_chunk;
  if (WEFT_LIKELY(empty->bytes < large_chunk))
    std::swap(empty, recent);
  if (!WEFT_LIKELY(empty == nullptr))
    free_chunk(*ready.home, empty);
  set_current(f.stack, f.stack->top);
}

std::size_t first_frame_bytes(const void* frame) noexcept {
  return *std::launder(reinterpret_cast<const std::size_t*>(
      static_cast<const char*>(frame) - frame_align));
}

void free_first_frame(void* frame) noexcept {
  std::size_t bytes = frame_align + first_frame_bytes(frame);
  deallocate(static_cast<char*>(frame) - frame_align, bytes);
}

} // namespace weft::detail
