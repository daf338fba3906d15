// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#define WEFT_KEEP_FRAMES 1 // With sanitizers, too.
#include <weft/coroutine.h>
#include <weft/kept_storage.h>

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace {

using weft::detail::kept;
using weft::detail::kept_storage;

template <std::size_t Bytes> struct sized {
  char bytes[Bytes];
};
template <std::size_t Bytes> using storage = weft::detail::storage_for<sized<Bytes>>;

TEST(KeptStorage, TheNextOneOfTheSizeGetsIt) {
  void* first = storage<100>::take();
  storage<100>::give(first);
  EXPECT_NE(storage<97 - 32>::index, storage<100>::index);
  void* again = storage<128>::take(); // The same in steps of 32.
  EXPECT_EQ(again, first);
  storage<97>::give(again);
}

TEST(KeptStorage, KeepsEightOfASize) {
  std::vector<void*> all;
  for (int i = 0; i < 20; ++i)
    all.push_back(storage<40>::take());
  EXPECT_EQ(std::set<void*>(all.begin(), all.end()).size(), 20u);
  for (void* each : all)
    storage<40>::give(each);
  EXPECT_EQ(kept.of[storage<40>::index].room, 0u);
  unsigned count = 0;
  for (auto* at = kept.of[storage<40>::index].first; at != nullptr; at = at->next)
    ++count;
  EXPECT_EQ(count, kept_storage::most);
  for (unsigned i = 0; i < count; ++i)
    all[i] = storage<40>::take();
  EXPECT_EQ(kept.of[storage<40>::index].first, nullptr);
  EXPECT_EQ(kept.of[storage<40>::index].room, kept_storage::most);
  for (unsigned i = 0; i < count; ++i)
    storage<40>::give(all[i]);
}

TEST(KeptStorage, LargeAndAlignedOnesAreNotKept) {
  struct alignas(64) aligned {};
  EXPECT_TRUE(storage<512>::can_be_kept);
  EXPECT_FALSE(storage<513>::can_be_kept);
  EXPECT_FALSE(weft::detail::storage_for<aligned>::can_be_kept);
}

// What is freed twice, or not at all, the address sanitizer's variant of this program
// reports.
TEST(KeptStorage, GoesBackWhenTheThreadEnds) {
  void* from_here = storage<200>::take();
  void* to_here = nullptr;
  std::thread([&] {
    // Made before what keeps: ends after it.
    static thread_local struct late {
      void* storage = nullptr;
      ~late() {
        EXPECT_TRUE(kept.has_ended);
        ::storage<64>::give(storage);
        EXPECT_EQ(kept.of[::storage<64>::index].first, nullptr);
      }
    } last;
    last.storage = storage<64>::take();
    storage<200>::give(from_here);
    to_here = storage<300>::take();
    storage<64>::give(storage<64>::take());
    EXPECT_TRUE(kept.is_open);
  }).join();
  storage<300>::give(to_here);
}

#if WEFT_HAS_EXCEPTIONS
// The copy of a parameter into the frame throws.
struct unmade final : weft::weft_coroutine_frame<int, void, void> {
  explicit unmade(int) { throw 1; }
  void weft_run() {}
};

TEST(KeptStorage, AThrowingParameterGivesItBack) {
  using storage = weft::detail::storage_for<unmade>;
  ASSERT_TRUE(storage::can_be_kept);
  void* next = storage::take();
  storage::give(next);
  EXPECT_THROW((weft::generator<int>{weft::in_frame<unmade>(), 1}), int);
  void* after = storage::take();
  EXPECT_EQ(after, next);
  storage::give(after);
}
#endif

} // namespace
