// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The workloads of fibers as state machines written by hand. What is queued is
// the innermost machine; one that ends goes on with its caller.

#include "fiber_peers.h"
#include "fiber_workloads.h"
#include <cstdlib>
#include <new>

namespace hand_way {
namespace {

struct machine {
  machine* next;
  void (*resume)(machine*);
};
/// One that was called.
struct called : machine {
  machine* caller;
  static void return_from(machine* self) {
    machine* to = static_cast<called*>(self)->caller;
    to->resume(to);
  }
};
peers::queue<machine> ready;

void run() {
  while (!ready.empty()) {
    machine& one = ready.pop();
    one.resume(&one);
  }
}

} // namespace

// Yielding.

namespace {

struct yielder : machine {
  long n, *count, i = 0;

  yielder(long n, long* count) : n(n), count(count) {
    resume = [](machine* self) { static_cast<yielder*>(self)->step(); };
  }
  void step() {
    if (i++ == n)
      return;
    ++*count;
    ready.push(*this);
  }
};

} // namespace

long yields(long n) {
  long count = 0;
  yielder one(n / 2, &count), other(n / 2, &count);
  ready.push(one);
  ready.push(other);
  run();
  return count;
}

// Calls: the machine of the callee is part of the caller's.

namespace {

/// `begin` says whether the machine has ended.
template <int Depth> struct level : called {
  level<Depth - 1> inner;
  long result;

  bool begin(long x) {
    if (!inner.begin(x)) {
      inner.caller = this;
      resume = [](machine* self) {
        static_cast<level*>(self)->finish();
        return_from(self);
      };
      return false;
    }
    finish();
    return true;
  }
  void finish() {
    long from = inner.result;
    hide(from);
    result = from + 1;
  }
};
template <> struct level<1> : called {
  long result;

  bool begin(long x) {
    result = x;
    if (x < 0) {
      resume = return_from;
      ready.push(*this);
      return false;
    }
    return true;
  }
};

/// A stack of machines, for a depth that is not known.
struct recursive : called {
  long depth, x, result;

  bool begin() {
    if (depth == 1) {
      result = x;
      if (x < 0) {
        resume = return_from;
        ready.push(*this);
        return false;
      }
      return true;
    }
    recursive& inner = this[1];
    inner.depth = depth - 1;
    inner.x = x;
    if (!inner.begin()) {
      inner.caller = this;
      resume = [](machine* self) {
        static_cast<recursive*>(self)->finish();
        return_from(self);
      };
      return false;
    }
    finish();
    return true;
  }
  void finish() {
    long from = this[1].result;
    hide(from);
    result = from + 1;
  }
};

/// Calls again and again, and sums up.
template <class Callee> struct caller : machine {
  long n, first, step, i = 0, sum = 0;
  Callee callee;

  caller(long n, long first, long step) : n(n), first(first), step(step) {
    resume = [](machine* self) {
      auto& own = *static_cast<caller*>(self);
      own.sum += own.callee.result();
      own.go_on();
    };
    go_on();
  }
  void go_on() {
    while (i < n) {
      long x = first + i++ * step;
      hide(x);
      if (!callee.begin(x, this))
        return;
      sum += callee.result();
    }
  }
};
struct chain {
  level<8> outermost;
  bool begin(long x, machine* caller) {
    outermost.caller = caller;
    return outermost.begin(x);
  }
  long result() const { return outermost.result; }
};
struct recursion {
  recursive stack[8];
  bool begin(long x, machine* caller) {
    long depth = 8;
    hide(depth);
    stack[0].depth = depth;
    stack[0].x = x;
    stack[0].caller = caller;
    return stack[0].begin();
  }
  long result() const { return stack[0].result; }
};
template <class Callee> long sum_of_calls(long n, long first, long step) {
  caller<Callee> outermost(n, first, step);
  run();
  return outermost.sum;
}

} // namespace

long calls(long n) { return sum_of_calls<chain>(n, 0, 1); }
long recursive_calls(long n) { return sum_of_calls<recursion>(n, 0, 1); }
long suspending_calls(long n) { return sum_of_calls<chain>(n, -1, -1); }
long suspending_recursive_calls(long n) {
  return sum_of_calls<recursion>(n, -1, -1);
}

// Resuming deep inside.

namespace {

struct deep : called {
  long result = 0;
};
struct deepest : deep {
  long n, i = 0;
  explicit deepest(long n) : n(n) {
    resume = [](machine* self) { static_cast<deepest*>(self)->step(); };
  }
  void step() {
    if (i < n) {
      ++i;
      ready.push(*this);
      return;
    }
    result = i;
    if (caller != nullptr)
      return_from(this);
  }
};
struct outer : deep {
  deep* callee;
  explicit outer(deep* callee) : callee(callee) {
    resume = [](machine* self) {
      auto& own = *static_cast<outer*>(self);
      own.result = own.callee->result + 1;
      if (own.caller != nullptr)
        return_from(&own);
    };
  }
};

} // namespace

long resumes(long depth, long n) {
  deepest innermost(n);
  std::vector<outer> outers;
  outers.reserve(depth - 1);
  deep* last = &innermost;
  for (long i = 1; i < depth; ++i) {
    outers.emplace_back(last);
    last->caller = &outers.back();
    last = &outers.back();
  }
  last->caller = nullptr;
  innermost.step();
  run();
  return last->result;
}

// Channels.

namespace {

/// Values of those that wait for one, or to hand one over.
struct waiting : machine {
  long value;
};
struct channel {
  peers::queue<machine> senders, receivers;

  /// Says whether `from`, whose value it is, need not wait.
  bool send(waiting& from) {
    if (receivers.empty()) {
      senders.push(from);
      return false;
    }
    waiting& to = static_cast<waiting&>(receivers.pop());
    to.value = from.value;
    ready.push(to);
    return true;
  }
  bool receive(waiting& to) {
    if (senders.empty()) {
      receivers.push(to);
      return false;
    }
    waiting& from = static_cast<waiting&>(senders.pop());
    to.value = from.value;
    ready.push(from);
    return true;
  }
};

struct echo : waiting {
  channel *in, *out;
  bool sends = false;

  echo(channel* in, channel* out) : in(in), out(out) {
    resume = [](machine* self) { static_cast<echo*>(self)->step(); };
  }
  void step() {
    do
      sends = !sends;
    while (sends ? out->send(*this) : in->receive(*this));
  }
};
struct asking : waiting {
  channel *out, *in;
  long n, i = 0, sum = 0;
  bool sends = false;

  asking(channel* out, channel* in, long n) : out(out), in(in), n(n) {
    resume = [](machine* self) { static_cast<asking*>(self)->step(); };
  }
  void step() {
    do {
      sends = !sends;
      if (sends) {
        if (i != 0)
          sum += value;
        if (i == n)
          return;
        value = i++;
      }
    } while (sends ? out->send(*this) : in->receive(*this));
  }
};

} // namespace

long round_trips(long n) {
  channel there, back;
  echo other(&there, &back);
  asking one(&there, &back, n);
  if (there.receive(other))
    std::abort();
  one.step();
  run();
  return one.sum;
}

// Making and waiting.

namespace {

struct heap {
  static void* allocate(std::size_t bytes) { return std::malloc(bytes); }
  static void free(void* storage) { std::free(storage); }
};
/// Keeps what is freed for the next.
struct free_list {
  struct block {
    block* next;
  };
  static inline block* first = nullptr;
  static void* allocate(std::size_t bytes) {
    if (first == nullptr)
      return std::malloc(bytes);
    block* taken = first;
    first = taken->next;
    return taken;
  }
  static void free(void* storage) {
    block* given = static_cast<block*>(storage);
    given->next = first;
    first = given;
  }
};

struct numbered : machine {
  long number, result;
  machine* joins = nullptr;
  bool paused = false, ended = false;

  explicit numbered(long number) : number(number) {
    resume = [](machine* self) { static_cast<numbered*>(self)->step(); };
  }
  void step() {
    if (number < 0 && !paused) {
      paused = true;
      ready.push(*this);
      return;
    }
    result = number;
    ended = true;
    if (joins != nullptr)
      ready.push(*joins);
  }
};

template <class Memory> struct spawner : machine {
  long live, n, i = 0, sum = 0;
  std::vector<numbered*> tasks;
  std::size_t joined = 0;

  spawner(long live, long n) : live(live), n(n) {
    tasks.reserve(live);
    resume = [](machine* self) { static_cast<spawner*>(self)->step(); };
  }
  BENCH_NOINLINE static numbered* spawn(long number) {
    auto* made = ::new (Memory::allocate(sizeof(numbered))) numbered(number);
    ready.push(*made);
    return made;
  }
  void step() {
    for (;;) {
      for (; joined != tasks.size(); ++joined) {
        numbered* task = tasks[joined];
        if (!task->ended) {
          task->joins = this;
          return;
        }
        sum += task->result;
        Memory::free(task);
      }
      tasks.clear();
      joined = 0;
      if (i == n)
        return;
      for (long j = 0; j < live; ++j)
        tasks.push_back(spawn(i++));
    }
  }
};

} // namespace

long spawns(long live, long n) {
  spawner<heap> one(live, n);
  one.step();
  run();
  return one.sum;
}
long pooled_spawns(long live, long n) {
  spawner<free_list> one(live, n);
  one.step();
  run();
  return one.sum;
}

// Sleeping.

namespace {

struct sleeper : machine {
  sleepers* all;

  explicit sleeper(sleepers* all) : all(all) {
    resume = [](machine* self) {
      ++static_cast<sleeper*>(self)->all->awake;
      delete static_cast<sleeper*>(self);
    };
  }
};

} // namespace

long sleeps(long n, sleepers& all, void (*asleep)(const sleepers&)) {
  peers::sleeping<machine> sleeping;
  for (long i = 0; i < n; ++i) {
    ++all.asleep;
    sleeping.add(*new sleeper(&all), all.time);
  }
  asleep(all);
  while (!sleeping.empty()) {
    machine& one = sleeping.wake();
    one.resume(&one);
  }
  return all.awake;
}

} // namespace hand_way
