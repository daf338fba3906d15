// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where frames live: how many bytes are asked for, from whom, and that all come
// back.

#define WEFT_KEEP_FRAMES 0 // Each frame counts.
#include "frames.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <new>

using namespace frames;

namespace {

struct tally {
  std::size_t made = 0, freed = 0, bytes = 0;
};
tally heap;

template <class F> tally heap_use(F&& body) {
  heap = {};
  body();
  return heap;
}

/// Asks its tally for memory; two of different tallies are not equal.
template <class T> struct tallying {
  using value_type = T;
  tally* owner;

  explicit tallying(tally* owner) noexcept : owner(owner) {}
  template <class U> tallying(const tallying<U>& from) noexcept : owner(from.owner) {}
  T* allocate(std::size_t n) {
    ++owner->made;
    owner->bytes += n * sizeof(T);
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T* at, std::size_t n) {
    ++owner->freed;
    std::allocator<T>().deallocate(at, n);
  }
  template <class U> bool operator==(const tallying<U>& other) const {
    return owner == other.owner;
  }
  template <class U> bool operator!=(const tallying<U>& other) const {
    return owner != other.owner;
  }
};

/// A pointer that is not a pointer.
template <class T> class fancy {
public:
  using element_type = T;
  using difference_type = std::ptrdiff_t;
  template <class U> using rebind = fancy<U>;

  fancy() = default;
  fancy(std::nullptr_t) {}
  explicit fancy(T* at) : at(at) {}
  static fancy pointer_to(T& object) { return fancy(std::addressof(object)); }
  T& operator*() const { return *at; }
  T* operator->() const { return at; }
  explicit operator bool() const { return at != nullptr; }
  T* get() const { return at; }

private:
  T* at = nullptr;
};
template <class T> struct fancy_allocator {
  using value_type = T;
  using pointer = fancy<T>;

  fancy_allocator() = default;
  template <class U> fancy_allocator(const fancy_allocator<U>&) noexcept {}
  pointer allocate(std::size_t n) { return pointer(std::allocator<T>().allocate(n)); }
  void deallocate(pointer at, std::size_t n) { std::allocator<T>().deallocate(at.get(), n); }
  template <class U> bool operator==(const fancy_allocator<U>&) const { return true; }
  template <class U> bool operator!=(const fancy_allocator<U>&) const { return false; }
};

// alignas(64) char line[64]; weft::yield(address of line modulo 64);
struct aligned final : weft::weft_coroutine_frame<int, void, void> {
  alignas(64) char line[64];

  void weft_run() {
    const weft::ender<aligned> weft_end(*this);
    if (weft_enter() == 0)
      return weft_yield(1, static_cast<int>(reinterpret_cast<std::uintptr_t>(line) % 64));
    weft_resumed();
    weft_finish();
  }
};

TEST(Storage, OneAllocationOfExactlyTheFrame) {
  const tally use = heap_use([] {
    auto g = count(0, 3);
    auto other = std::move(g);
    while (other.next()) {
    }
  });
  EXPECT_EQ(use.made, 1u);
  EXPECT_EQ(use.freed, 1u);
  EXPECT_EQ(use.bytes, sizeof(counter));
}

TEST(Storage, FramesAreSmall) {
  struct empty final : weft::weft_coroutine_frame<int, void, void> {};
  EXPECT_EQ(sizeof(empty), 3 * sizeof(void*) + 8);
  struct byte final : weft::weft_coroutine_frame<void, void, void> {
    char c;
  };
  EXPECT_EQ(sizeof(byte), 3 * sizeof(void*) + 8);
}

TEST(Storage, InPlaceAllocatesNothing) {
  const tally use = heap_use([] {
    weft::in_place<counter> g{weft::in_frame<counter>(), 0, 3};
    for (int x : g)
      (void)x;
    weft::in_place<counter> paused{weft::in_frame<counter>(), 0, 3};
    paused.next();
    paused.close();
    EXPECT_TRUE(paused.done());
    paused.close();
  });
  EXPECT_EQ(use.made, 0u);
}

TEST(Storage, InlineFrame) {
  using inline_ints = weft::generator<int, weft::inline_frame<sizeof(counter)>>;
  take_events();
  const tally use = heap_use([] {
    inline_ints g{weft::in_frame<counter>(), 0, 3};
    g.next();
    EXPECT_EQ(g.value(), 0);
    g.close();
    EXPECT_TRUE(g.done());
    inline_ints other{weft::in_frame<counter>(), 0, 3};
    for (int x : other)
      if (x == 1)
        break;
    inline_ints empty;
    EXPECT_TRUE(empty.done());
  });
  EXPECT_EQ(use.made, 0u);
  EXPECT_EQ(take_events(), "gg");
}

TEST(Storage, OverAlignedFrames) {
  for (int i = 0; i < 4; ++i) {
    weft::generator<int> a{weft::in_frame<aligned>()};
    weft::generator<int> b{weft::in_frame<aligned>(), std::allocator_arg, std::allocator<char>()};
    weft::in_place<aligned> c{weft::in_frame<aligned>()};
    weft::generator<int, weft::inline_frame<sizeof(aligned), 64>> d{weft::in_frame<aligned>()};
    a.next(), b.next(), c.next(), d.next();
    EXPECT_EQ(a.value() | b.value() | c.value() | d.value(), 0);
  }
}

TEST(Storage, StatelessAllocatorsTakeNoRoom) {
  const tally use = heap_use([] {
    std::allocator<int> allocator;
    weft::generator<int> g{weft::in_frame<counter>(), std::allocator_arg, allocator, 0, 3};
    g.next();
  });
  EXPECT_EQ(use.made, 1u);
  EXPECT_EQ(use.freed, 1u);
  EXPECT_EQ(use.bytes, sizeof(counter));
}

TEST(Storage, StatefulAllocators) {
  tally mine;
  const tally use = heap_use([&] {
    tallying<char> allocator(&mine);
    weft::generator<int> g{weft::in_frame<counter>(), std::allocator_arg, allocator, 0, 3};
    weft::generator<int> h{weft::in_frame<counter>(), std::allocator_arg, std::as_const(allocator), 0, 3};
    weft::generator<int> i{weft::in_frame<counter>(), std::allocator_arg, tallying<int>(&mine), 0, 3};
    for (int x : g)
      (void)x;
    EXPECT_EQ(mine.freed, 0u);
    g.close();
    h.next();
    h.close();
    EXPECT_EQ(mine.freed, 1u); // An ended frame stays for its result.
  });
  EXPECT_EQ(mine.made, 3u);
  EXPECT_EQ(mine.freed, 3u);
  EXPECT_EQ(mine.bytes, 3 * (sizeof(counter) + sizeof(void*)));
  EXPECT_EQ(use.made, 3u); // Those of std::allocator inside tallying.
}

TEST(Storage, FancyPointers) {
  const tally use = heap_use([] {
    weft::generator<int> g{weft::in_frame<counter>(), std::allocator_arg, fancy_allocator<int>(), 0, 3};
    g.next();
    EXPECT_EQ(g.value(), 0);
  });
  EXPECT_EQ(use.made, use.freed);
}

TEST(Storage, PolymorphicAllocators) {
  std::byte buffer[512];
  std::pmr::monotonic_buffer_resource resource(buffer, sizeof(buffer), std::pmr::null_memory_resource());
  const tally use = heap_use([&] {
    std::pmr::polymorphic_allocator<int> allocator(&resource);
    weft::generator<int> g{weft::in_frame<counter>(), std::allocator_arg, allocator, 0, 3};
    g.next();
    EXPECT_EQ(g.value(), 0);
  });
  EXPECT_EQ(use.made, 0u);
}

TEST(Storage, OtherStorageIgnoresTheAllocator) {
  tally mine;
  tallying<char> allocator(&mine);
  weft::in_place<counter> a{weft::in_frame<counter>(), std::allocator_arg, allocator, 0, 3};
  weft::generator<int, weft::inline_frame<64>> b{weft::in_frame<counter>(), std::allocator_arg, allocator, 0, 3};
  EXPECT_TRUE(a.next() && b.next());
  EXPECT_EQ(mine.made, 0u);
}

#if WEFT_HAS_EXCEPTIONS
// The copy of a parameter into the frame throws.
struct unmade final : weft::weft_coroutine_frame<int, void, void> {
  explicit unmade(int) { throw 1; }
  void weft_run() {}
};

TEST(Storage, AThrowingParameterFreesTheFrame) {
  tally mine;
  const tally use = heap_use([&] {
    EXPECT_THROW((weft::generator<int>{weft::in_frame<unmade>(), 1}), int);
    EXPECT_THROW((weft::generator<int>{weft::in_frame<unmade>(), std::allocator_arg, tallying<int>(&mine), 1}), int);
  });
  EXPECT_EQ(mine.made, 1u);
  EXPECT_EQ(mine.freed, 1u);
  EXPECT_EQ(use.made, use.freed);
}
#endif

TEST(Storage, ArraysInSlots) {
  take_events();
  struct pair_of {
    weft::slot<weft::box<guard[2]>> slot;
  } frame;
  frame.slot.emplace_from([] { return weft::box<guard[2]>{{guard('a'), guard('b')}}; });
  EXPECT_EQ(frame.slot.value.value[1].name, 'b');
  frame.slot.destroy();
  EXPECT_EQ(take_events(), "ba");
}

} // namespace

// Every allocation of this program is counted.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++heap.made;
  heap.bytes += size;
  if (void* at = std::malloc(size))
    return at;
  std::abort();
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t align) {
  ++heap.made;
  heap.bytes += size;
  if (void* at = std::aligned_alloc(static_cast<std::size_t>(align), size))
    return at;
  std::abort();
}
[[gnu::noinline]] void operator delete(void* at) noexcept {
  ++heap.freed;
  std::free(at);
}
[[gnu::noinline]] void operator delete(void* at, std::size_t) noexcept {
  ++heap.freed;
  std::free(at);
}
[[gnu::noinline]] void operator delete(void* at, std::align_val_t) noexcept {
  ++heap.freed;
  std::free(at);
}
[[gnu::noinline]] void operator delete(void* at, std::size_t, std::align_val_t) noexcept {
  ++heap.freed;
  std::free(at);
}
