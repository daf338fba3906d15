// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The helper threads.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/offload.h>
#include <weft/scheduler.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#if defined(__unix__) || defined(__APPLE__)
#include <pthread.h>
#endif

namespace weft {
namespace detail {
namespace {

/// Those of a process. A child of fork() has none of its parent's threads: it gets
/// helpers of its own, and does not touch the parent's, which may have been locked.
class helpers {
public:
  static helpers& all() {
    static until_exit made;
    return *current.load(std::memory_order_acquire);
  }

  explicit helpers(helpers* of_parent) noexcept : of_parent(of_parent) {}
  ~helpers() {
    {
      std::lock_guard held(lock);
      ends = true;
    }
    there_is_work.notify_all();
    for (std::thread& each : threads)
      each.join();
    helper_threads -= static_cast<unsigned>(threads.size());
  }

  void submit(job& work) {
    std::lock_guard held(lock);
    if (idle <= waiting && threads.size() < most) {
      threads.emplace_back([this] { help(); });
      ++helper_threads;
    }
    work.queued = true;
    work.next = nullptr;
    work.previous = last;
    (last != nullptr ? last->next : first) = &work;
    last = &work;
    ++waiting;
    there_is_work.notify_one();
  }
  /// Whether nobody has begun it, and nobody will.
  bool withdraw(job& work) noexcept {
    std::lock_guard held(lock);
    if (!work.queued)
      return false;
    remove(work);
    return true;
  }
  unsigned set_most(unsigned count) noexcept {
    std::lock_guard held(lock);
    return static_cast<unsigned>(std::exchange(most, std::max(count, 1u)));
  }

private:
  struct until_exit {
    until_exit() {
      current = new helpers(nullptr);
#if defined(__unix__) || defined(__APPLE__)
      pthread_atfork(nullptr, nullptr, [] {
        current = new helpers(current);
        helper_threads = 0;
      });
#endif
    }
    ~until_exit() { delete current.load(); }
  };
  static inline std::atomic<helpers*> current{nullptr};

  void remove(job& work) noexcept {
    (work.previous != nullptr ? work.previous->next : first) = work.next;
    (work.next != nullptr ? work.next->previous : last) = work.previous;
    work.queued = false;
    --waiting;
  }
  void help() {
    std::unique_lock held(lock);
    for (;;) {
      ++idle;
      there_is_work.wait(held, [this] { return first != nullptr || ends; });
      --idle;
      if (first == nullptr)
        return;
      job& work = *first;
      remove(work);
      held.unlock();
      work.run();
      work.finish();
      held.lock();
    }
  }

  std::mutex lock;
  std::condition_variable there_is_work;
  job* first = nullptr;
  job* last = nullptr;
  std::size_t waiting = 0, idle = 0;
  std::size_t most = std::max(std::thread::hardware_concurrency(), 4u);
  bool ends = false;
  std::vector<std::thread> threads;
  helpers* const of_parent; ///< kept for whoever looks for leaks
};

} // namespace

void job::expect_helper(bool now) noexcept {
  if (is_expected == now)
    return;
  is_expected = now;
  if (now)
    --helper_threads;
  else
    ++helper_threads;
}

const wait_kind job::kind{"a helper thread", unlink, true, nullptr, met};

void job::weft_suspend(fiber& waiter) {
  self = &waiter;
  park(waiter, kind, this);
  expect_helper(true);
#if WEFT_HAS_EXCEPTIONS
  try {
    helpers::all().submit(*this);
  } catch (...) { // There is no thread to be had.
    unpark();
    throw;
  }
#else
  helpers::all().submit(*this);
#endif
}

bool job::unlink(void* awaiter, fiber&) noexcept {
  job& self = *static_cast<job*>(awaiter);
  if (!helpers::all().withdraw(self))
    return false;
  self.expect_helper(false);
  self.forget();
  return true;
}

bool job::met(void* awaiter, const void*) noexcept {
  static_cast<job*>(awaiter)->expect_helper(false);
  throw_pending(*static_cast<job*>(awaiter)->self);
  return true;
}

} // namespace detail

unsigned set_offload_threads(unsigned most) noexcept {
  return detail::helpers::all().set_most(most);
}

} // namespace weft
