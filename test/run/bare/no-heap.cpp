// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// With storage of the program's own, fibers take nothing from the heap: neither
// `malloc` and its kin nor the operators new are called. All of them are
// replaced and counted here; the runtime is also compiled without exceptions.

// MODE: bare
// ORACLE: expected
// RUN: %check %s %t
// RUN: %gxx -std=c++17 -O1 -fno-exceptions -fno-rtti -I%runtime %t/weft.cpp %source_root/runtime/src/*.cpp -pthread -o %t/whole
// RUN: %t/whole | FileCheck %s
// CHECK: from the heap: nothing

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <weft/fiber.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_OWN_MALLOC 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_OWN_MALLOC 0 // the sanitizer's
#endif
#endif
#ifndef HAS_OWN_MALLOC
#define HAS_OWN_MALLOC 1
#endif

static volatile int from_heap = 0;

/// What has no other place; nothing comes back.
static void* take(std::size_t bytes, std::size_t align = 16) {
  alignas(64) static char memory[1 << 20];
  static std::size_t used = 0;
  from_heap = from_heap + 1;
  used = (used + align - 1) / align * align;
  if (bytes > sizeof(memory) - used)
    return nullptr;
  void* at = memory + used;
  used += bytes;
  return at;
}

#if HAS_OWN_MALLOC
extern "C" {
void* malloc(std::size_t bytes) { return take(bytes); }
void* calloc(std::size_t count, std::size_t bytes) { return take(count * bytes); }
void* realloc(void* old, std::size_t bytes) {
  void* at = take(bytes);
  if (at != nullptr && old != nullptr)
    std::memmove(at, old, bytes); // may read what lies behind the old one
  return at;
}
void* aligned_alloc(std::size_t align, std::size_t bytes) { return take(bytes, align); }
int posix_memalign(void** result, std::size_t align, std::size_t bytes) {
  *result = take(bytes, align);
  return *result == nullptr ? ENOMEM : 0;
}
void free(void*) {}
}
#endif
void* operator new(std::size_t bytes) { return take(bytes); }
void* operator new(std::size_t bytes, std::align_val_t align) { return take(bytes, std::size_t(align)); }
void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}
void operator delete(void*, std::align_val_t) noexcept {}
void operator delete(void*, std::size_t, std::align_val_t) noexcept {}

/// What it takes to note that this thread has a destructor to call, which the C
/// library may do on the heap: the runtime has one such object a thread.
static int cost_of_a_thread_local() {
  struct object {
    volatile bool ended = false;
    ~object() { ended = true; }
  };
  const int before = from_heap;
  static thread_local object here;
  here.ended = false;
  return from_heap - before;
}

/// The storage: blocks of powers of two.
namespace storage {
constexpr std::size_t total = 4 << 20;
alignas(64) static char memory[total];
static std::size_t used = 0, held = 0;
struct block {
  block* next;
};
static block* spare[32];

static unsigned order(std::size_t bytes) {
  unsigned result = 6;
  while ((std::size_t(1) << result) < bytes)
    ++result;
  return result;
}
static void* allocate(std::size_t bytes) {
  held += bytes;
  block*& first = spare[order(bytes)];
  if (block* at = first) {
    first = at->next;
    return at;
  }
  std::size_t size = std::size_t(1) << order(bytes);
  if (size > total - used)
    return nullptr;
  void* at = memory + used;
  used += size;
  return at;
}
static void deallocate(void* at, std::size_t bytes) {
  held -= bytes;
  spare[order(bytes)] = ::new (at) block{spare[order(bytes)]};
}
} // namespace storage

/// Deeper than frames can be embedded, and than a chunk is long.
[[weft::fiber]] int sum_to(int n) {
  if (n == 0) {
    weft::this_fiber::yield();
    return 0;
  }
  return n + sum_to(n - 1);
}

[[weft::fiber]] void produce(weft::channel<int>& to, int count) {
  for (int i = 1; i <= count; ++i)
    to.send(i);
  to.close();
}

[[weft::fiber]] int consume(weft::channel<int>& from) {
  int total = 0;
  for (int each : from)
    total += each;
  return total;
}

static int through(std::size_t capacity) {
  weft::channel<int> numbers(capacity);
  auto producer = weft::spawn(produce, std::ref(numbers), 100);
  int total = consume(numbers);
  producer.join();
  return total;
}

static void fulfil(weft::promise<int> promise) {
  weft::this_fiber::sleep_for(std::chrono::microseconds(50));
  promise.set_value(7);
}

/// A foreign awaiter: its handle is resumed on the spot.
struct at_once {
  bool await_ready() const { return false; }
  void await_suspend(weft::handle h) const { h.resume(); }
  int await_resume() const { return 5; }
};

static void sleep_and_yield(int rounds) {
  for (int i = 0; i < rounds; ++i) {
    weft::this_fiber::yield();
    weft::this_fiber::sleep_for(std::chrono::microseconds(10 * i));
  }
}

static void everything() {
  std::printf("recursion: %d\n", sum_to(2000));
  std::printf("unbuffered: %d, bounded: %d\n", through(0), through(8));
  weft::task<void> sleepers[200];
  for (auto& each : sleepers)
    each = weft::spawn(sleep_and_yield, 5);
  for (auto& each : sleepers)
    each.join();
  auto cancelled = weft::spawn([] { weft::this_fiber::sleep_for(std::chrono::hours(1)); });
  weft::this_fiber::yield();
  cancelled.cancel();
  cancelled.join();
  weft::spawn([](int n) { return sum_to(n); }, 10).detach();
  weft::promise<int> promise;
  auto future = promise.get_future().then([](weft::future<int> f) { return 6 * f.get(); });
  auto other = weft::spawn(fulfil, std::move(promise));
  std::printf("future: %d\n", future.get());
  other.join();
  std::printf("awaited: %d\n", weft::await(at_once()));
  auto result = weft::spawn(sum_to, 100);
  std::printf("task: %d\n", result.get());
}

int main() {
  static char buffer[4096];
  std::setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
  weft::set_memory_functions({storage::allocate, storage::deallocate});
  const int cost = cost_of_a_thread_local();
  const int expected = from_heap + cost;
  weft::run(everything);
  std::printf("from the storage: %s\n", storage::held > 0 ? "all" : "nothing");
  std::printf("from the heap: %s\n", from_heap == expected ? "nothing" : "something");
  return 0;
}

/* EXPECTED
recursion: 2001000
unbuffered: 5050, bounded: 5050
future: 42
awaited: 5
task: 5050
from the storage: all
from the heap: nothing
*/
