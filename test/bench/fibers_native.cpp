// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The workloads of fibers with C++20 coroutines, as lean as they can be: tasks
// that start when they are awaited and hand over by symmetric transfer, on the
// same queue as the state machines written by hand. No exceptions, no
// cancellation.

#include "fiber_peers.h"
#include "fiber_workloads.h"
#include <coroutine>
#include <exception>
#include <utility>

namespace native_way {
namespace {

/// What waits, inside of awaiters.
struct waiter {
  waiter* next;
  std::coroutine_handle<> coroutine;
};
peers::queue<waiter> ready;

void run() {
  while (!ready.empty())
    ready.pop().coroutine.resume();
}

struct yield : waiter {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> handle) noexcept {
    coroutine = handle;
    ready.push(*this);
  }
  void await_resume() const noexcept {}
};

/// Runs when awaited.
template <class T> class task {
public:
  struct promise_type {
    T value;
    std::coroutine_handle<> caller;

    task get_return_object() {
      return task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct hand_back {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> ended) noexcept {
        return ended.promise().caller;
      }
      void await_resume() noexcept {}
    };
    hand_back final_suspend() noexcept { return {}; }
    void return_value(T result) { value = result; }
    void unhandled_exception() { std::terminate(); }
  };

  task(task&& from) noexcept : handle(std::exchange(from.handle, nullptr)) {}
  ~task() {
    if (handle)
      handle.destroy();
  }
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<>
  await_suspend(std::coroutine_handle<> caller) noexcept {
    handle.promise().caller = caller;
    return handle;
  }
  T await_resume() { return handle.promise().value; }

private:
  explicit task(std::coroutine_handle<promise_type> handle) : handle(handle) {}
  std::coroutine_handle<promise_type> handle;
};

/// Queued when it is made, as a fiber is; can be awaited once.
template <class T> class spawned {
public:
  struct promise_type : waiter {
    T value;
    std::coroutine_handle<> joins;

    spawned get_return_object() {
      coroutine = std::coroutine_handle<promise_type>::from_promise(*this);
      ready.push(*this);
      return spawned(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct wake_joining {
      bool await_ready() noexcept { return false; }
      void await_suspend(std::coroutine_handle<promise_type> ended) noexcept {
        promise_type& self = ended.promise();
        if (self.joins) {
          self.coroutine = self.joins;
          ready.push(self);
        }
      }
      void await_resume() noexcept {}
    };
    wake_joining final_suspend() noexcept { return {}; }
    void return_value(T result) { value = result; }
    void unhandled_exception() { std::terminate(); }
  };

  spawned(spawned&& from) noexcept
      : handle(std::exchange(from.handle, nullptr)) {}
  ~spawned() {
    if (handle)
      handle.destroy();
  }
  bool await_ready() const noexcept { return handle.done(); }
  void await_suspend(std::coroutine_handle<> joins) noexcept {
    handle.promise().joins = joins;
  }
  T await_resume() { return handle.promise().value; }
  T value() const { return handle.promise().value; }

private:
  explicit spawned(std::coroutine_handle<promise_type> handle)
      : handle(handle) {}
  std::coroutine_handle<promise_type> handle;
};

/// Runs a task to its end.
spawned<long> root(task<long> outermost) { co_return co_await outermost; }
long run(task<long> outermost) {
  auto whole = root(std::move(outermost));
  run();
  return whole.value();
}

spawned<long> yielder(long n, long* count) {
  for (long i = 0; i < n; ++i) {
    ++*count;
    co_await yield();
  }
  co_return n;
}

} // namespace

long yields(long n) {
  long count = 0;
  auto one = yielder(n / 2, &count);
  auto other = yielder(n / 2, &count);
  run();
  return count;
}

namespace {

task<long> level_1(long x) {
  if (x < 0)
    co_await yield();
  co_return x;
}
template <task<long> (*Next)(long)> task<long> level(long x) {
  long result = co_await Next(x);
  hide(result);
  co_return result + 1;
}
constexpr auto level_8 =
    level<level<level<level<level<level<level<level_1>>>>>>>;

task<long> recursive(long depth, long x) {
  if (depth == 1) {
    if (x < 0)
      co_await yield();
    co_return x;
  }
  long result = co_await recursive(depth - 1, x);
  hide(result);
  co_return result + 1;
}

task<long> sum_of_calls(long n, long first, long step) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    long x = first + i * step;
    hide(x);
    sum += co_await level_8(x);
  }
  co_return sum;
}
task<long> sum_of_recursive_calls(long n, long first, long step) {
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    long x = first + i * step, depth = 8;
    hide(x);
    hide(depth);
    sum += co_await recursive(depth, x);
  }
  co_return sum;
}

} // namespace

long calls(long n) { return run(sum_of_calls(n, 0, 1)); }
long recursive_calls(long n) { return run(sum_of_recursive_calls(n, 0, 1)); }
long suspending_calls(long n) { return run(sum_of_calls(n, -1, -1)); }
long suspending_recursive_calls(long n) {
  return run(sum_of_recursive_calls(n, -1, -1));
}

namespace {

task<long> deep(long depth, long n) {
  if (depth > 0) {
    long result = co_await deep(depth - 1, n);
    hide(result);
    co_return result + 1;
  }
  long count = 0;
  for (; count < n; ++count)
    co_await yield();
  co_return count;
}

} // namespace

long resumes(long depth, long n) { return run(deep(depth - 1, n)); }

namespace {

/// A value goes from the sender to the receiver, whichever comes last. Closed
/// by sending -1.
class channel {
public:
  struct sending : waiter {
    channel& to;
    long value;
    sending(channel& to, long value) : to(to), value(value) {}
    bool await_ready() noexcept {
      if (to.receivers.empty())
        return false;
      auto& receiver = static_cast<receiving&>(to.receivers.pop());
      receiver.value = value;
      ready.push(receiver);
      return true;
    }
    void await_suspend(std::coroutine_handle<> handle) noexcept {
      coroutine = handle;
      to.senders.push(*this);
    }
    void await_resume() const noexcept {}
  };
  struct receiving : waiter {
    channel& from;
    long value;
    explicit receiving(channel& from) : from(from) {}
    bool await_ready() noexcept {
      if (from.senders.empty())
        return false;
      auto& sender = static_cast<sending&>(from.senders.pop());
      value = sender.value;
      ready.push(sender);
      return true;
    }
    void await_suspend(std::coroutine_handle<> handle) noexcept {
      coroutine = handle;
      from.receivers.push(*this);
    }
    long await_resume() const noexcept { return value; }
  };
  sending send(long value) { return {*this, value}; }
  receiving receive() { return receiving(*this); }

private:
  peers::queue<waiter> senders, receivers;
};

spawned<long> echo(channel& in, channel& out) {
  long count = 0;
  for (long value; (value = co_await in.receive()) >= 0; ++count)
    co_await out.send(value);
  co_return count;
}
task<long> ask(long n) {
  channel there, back;
  auto other = echo(there, back);
  long sum = 0;
  for (long i = 0; i < n; ++i) {
    co_await there.send(i);
    sum += co_await back.receive();
  }
  co_await there.send(-1);
  co_return co_await other == n ? sum : -1;
}

} // namespace

long round_trips(long n) { return run(ask(n)); }

namespace {

spawned<long> numbered(long number) {
  if (number < 0)
    co_await yield();
  co_return number;
}
task<long> spawn_and_join(long live, long n) {
  std::vector<spawned<long>> tasks;
  tasks.reserve(live);
  long sum = 0;
  for (long i = 0; i < n;) {
    for (long j = 0; j < live; ++j)
      tasks.push_back(numbered(i++));
    for (auto& task : tasks)
      sum += co_await task;
    tasks.clear();
  }
  co_return sum;
}

} // namespace

long spawns(long live, long n) { return run(spawn_and_join(live, n)); }

namespace {

/// Runs on its own and frees itself.
struct detached {
  struct promise_type {
    detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};
/// The entry in the heap knows the frame; nothing else is needed.
peers::sleeping<char> sleeping;
struct sleep {
  std::chrono::milliseconds time;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    sleeping.add(*static_cast<char*>(handle.address()), time);
  }
  void await_resume() const noexcept {}
};

detached sleeper(sleepers* all) {
  ++all->asleep;
  co_await sleep{all->time};
  ++all->awake;
}

} // namespace

long sleeps(long n, sleepers& all, void (*asleep)(const sleepers&)) {
  for (long i = 0; i < n; ++i)
    sleeper(&all);
  asleep(all);
  while (!sleeping.empty())
    std::coroutine_handle<>::from_address(&sleeping.wake()).resume();
  return all.awake;
}

} // namespace native_way
