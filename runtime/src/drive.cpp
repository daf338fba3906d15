// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Functions that are driven, and the native stack on which they run.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/scheduler.h>

#include <algorithm>
#include <cstdlib>

#if defined(__linux__)
#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace weft::detail {

namespace {

/// Native stack that calls may use before frames are left to the loop.
constexpr std::size_t native_budget = 256 * 1024;

/// Where the native stack ends for frames that are begun from here.
const char* native_limit(const scheduler& home) noexcept {
  const char* frame = static_cast<const char*>(__builtin_frame_address(0));
  std::size_t rest = frame > home.native_end
                         ? static_cast<std::size_t>(frame - home.native_end)
                         : 0;
  return frame - std::min(native_budget, rest / 2);
}

} // namespace

const char* find_native_end() noexcept {
  const char* here_about = static_cast<const char*>(__builtin_frame_address(0));
  std::size_t assumed = 256 * 1024;
#if defined(__linux__)
  if (getpid() == syscall(SYS_gettid)) {
    // The main thread's is mapped as it grows.
    rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) == 0)
      assumed = std::min<std::size_t>(limit.rlim_cur, 8 << 20);
    // Some of it is used already.
    assumed -= assumed / 8;
  } else {
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
      void* address = nullptr;
      std::size_t size = 0;
      bool known = pthread_attr_getstack(&attributes, &address, &size) == 0;
      pthread_attr_destroy(&attributes);
      if (known)
        return static_cast<const char*>(address);
    }
  }
#endif
  return here_about - assumed;
}

scheduled_call::scheduled_call(const char* function, bool bare)
    : function(function), own_block(function) {
  scheduler& home = scheduler::mine();
  outer = home.calls;
  outside = here;
  if (fiber* f = here.running) {
    was_driven = f->flags & fiber::driven;
    f->flags |= fiber::driven;
    suspended_leaf = f->leaf;
    if (!(static_cast<const char*>(__builtin_frame_address(0)) >
          here.native_limit))
      here.native_limit = native_limit(home);
  } else {
    own = &own_block;
    own->id = home.new_id();
    if (bare)
      own->flags |= fiber::bare;
    here.native_limit = native_limit(home);
    enter_scratch();
    here.running = own;
    if (home.is_observed())
      home.watched.begin(*own, function);
  }
  home.calls = this;
}

scheduled_call::~scheduled_call() {
  scheduler& home = *ready.home;
  home.calls = outer;
  if (own == nullptr) {
    fiber& f = *here.running;
    if (!was_driven)
      f.flags &= static_cast<std::uint8_t>(~fiber::driven);
    f.leaf = suspended_leaf;
    here.native_limit = outside.native_limit;
    return;
  }
  if (!(own->flags & fiber::ended)) {
    home.watched.end();
    // Its function has ended natively, by an exception.
    if (here.top != ready.scratch)
      leave_stack(*own);
    home.tell_end(*own);
  } else if (own->flags & fiber::raised) {
    own->exception.destroy();
  }
  here = outside;
}

void scheduled_call::finish(activation* first) {
  scheduler& home = *ready.home;
  fiber& f = *here.running;
  chain how = chain::done;
  if (first != nullptr) {
    first->weft_caller = nullptr;
    how = chain::paused;
    if (ready.after & ready_context::go_on) {
      ready.after = 0;
      how = home.run_chain(f, f.leaf);
    }
  }
  if (own == nullptr) {
    if (how == chain::raised)
      raise(std::exchange(home.raised, nullptr));
    return;
  }
  home.end_turn(f, how);
  if (home.is_observed())
    home.observe_turn(f, f.id);
  home.run_until_ended(f);
  if (f.flags & fiber::raised)
    raise(f.exception.value);
}

void scheduled_call::raise(const std::exception_ptr& exception) {
#if WEFT_HAS_EXCEPTIONS
  if (exception == nullptr)
    throw cancelled();
  std::rethrow_exception(exception);
#else
  (void)exception;
  std::abort();
#endif
}

} // namespace weft::detail
