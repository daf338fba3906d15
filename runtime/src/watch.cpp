// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Dumps of fibers, and the helper thread: it brings them about when a signal
// asks, and looks for turns that are too long.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/scheduler.h>
#include <weft/watch.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <thread>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>
#define WEFT_HAS_PIPES 1
#else
#define WEFT_HAS_PIPES 0
#endif

namespace weft::detail {

std::atomic<unsigned> helper_threads{0};

namespace {

/// Of the function that a step belongs to; null: it has no name.
const function_facts* facts_of(activation::weft_stepper step) noexcept {
  told = nullptr;
  if (step != nullptr)
    step(nullptr, step::tell);
  return told != nullptr && told->name != nullptr ? told : nullptr;
}

void dump_fiber(const fiber_info& f, void* to) {
  std::FILE* file = static_cast<std::FILE*>(to);
  print_fiber(file, f);
  for (const activation* at = f.innermost; at != nullptr; at = at->weft_caller)
    if (const function_facts* facts = facts_of(at->weft_step))
      std::fprintf(file, "    in %s at %s:%u\n", facts->name, facts->file,
                   facts->line(at->weft_state));
}

/// Sent to a thread.
struct dump_request : injected {
  dump_request() noexcept { run = dump; }
  static void dump(injected& self) noexcept {
    dump_fibers(stderr);
    delete static_cast<dump_request*>(&self);
  }
};

#if WEFT_HAS_PIPES

/// What the helper thread is to do. Made once, and never destroyed: the thread
/// goes on until the process ends. A child of fork() has no such thread, until it asks
/// for one.
struct watcher {
  watcher();
  void run();

  int pipe[2]; ///< Each byte is a dump, or 'w': the watchdog has changed.
  std::atomic<std::int64_t> limit{0}; ///< nanoseconds; 0: no watchdog
  std::atomic<long_turn_handler> handler{nullptr};

private:
  void request_dumps();
  void look_for_long_turns();
  void report(turn_record& record, std::int64_t so_far);
};

std::mutex making;
watcher* made = nullptr;
/// For the handler of signals: the end to write to.
std::atomic<int> dump_pipe{-1};

watcher& the_watcher() {
  std::lock_guard<std::mutex> lock(making);
  if (made == nullptr) {
    static const int once = pthread_atfork(
        [] { making.lock(); }, [] { making.unlock(); },
        [] {
          made = nullptr;
          dump_pipe = -1;
          helper_threads = 0;
          is_watched = false;
          making.unlock();
        });
    static_cast<void>(once);
    made = new watcher;
  }
  return *made;
}

watcher::watcher() {
  if (::pipe(pipe) != 0)
    abort_with("no pipe for the helper thread");
  for (int end : pipe)
    fcntl(end, F_SETFD, FD_CLOEXEC);
  fcntl(pipe[1], F_SETFL, O_NONBLOCK);
  dump_pipe.store(pipe[1]);
  helper_threads.fetch_add(1);
  std::thread([this] { run(); }).detach();
}

void watcher::run() {
  // Signals are for the program's threads.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  for (;;) {
    const std::int64_t period = limit.load() / 4'000'000;
    pollfd input{pipe[0], POLLIN, 0};
    const int timeout = limit.load() == 0 ? -1
                        : period < 1      ? 1
                        : period > 1000   ? 1000
                                          : static_cast<int>(period);
    if (poll(&input, 1, timeout) > 0) {
      char what;
      if (read(pipe[0], &what, 1) == 1 && what == 'd')
        request_dumps();
    }
    if (limit.load() != 0)
      look_for_long_turns();
  }
}

void watcher::request_dumps() {
  std::lock_guard<std::mutex> lock(scheduler_list);
  for (scheduler* at = first_scheduler; at != nullptr; at = at->next)
    at->inject(*new dump_request);
}

void watcher::look_for_long_turns() {
  std::lock_guard<std::mutex> lock(scheduler_list);
  const std::int64_t present =
      std::chrono::nanoseconds(steady::now().time_since_epoch()).count();
  for (scheduler* at = first_scheduler; at != nullptr; at = at->next) {
    turn_record& record = at->watched;
    const std::uint64_t turn = record.turn.load(std::memory_order_acquire);
    if (turn != record.seen) {
      record.seen = turn;
      record.seen_at = present;
    } else if (turn % 2 != 0 && turn != record.reported &&
               present - record.seen_at >= limit.load()) {
      record.reported = turn;
      report(record, present - record.seen_at);
    }
  }
}

void watcher::report(turn_record& record, std::int64_t so_far) {
  long_turn what{};
  what.fiber = record.id.load(std::memory_order_relaxed);
  what.so_far = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::nanoseconds(so_far));
  const auto step = record.step.load(std::memory_order_relaxed);
  if (const function_facts* facts = facts_of(step)) {
    what.function = facts->name;
    what.file = facts->file;
    what.line = facts->line(record.state.load(std::memory_order_relaxed));
  } else if (step == nullptr) {
    what.function = record.function.load(std::memory_order_relaxed);
  }
  std::atomic_thread_fence(std::memory_order_acquire);
  if (record.turn.load(std::memory_order_relaxed) != record.reported)
    return; // It is over, and what was read may be of the next.
  if (long_turn_handler told = handler.load())
    return told(what);
  std::fprintf(stderr, "weft: fiber %u has run for %lld ms without a pause",
               static_cast<unsigned>(what.fiber),
               static_cast<long long>(what.so_far.count()));
  if (what.file != nullptr)
    std::fprintf(stderr, ": in '%s', since %s:%u\n", what.function, what.file, what.line);
  else if (what.function != nullptr)
    std::fprintf(stderr, ": in '%s'\n", what.function);
  else
    std::fputc('\n', stderr);
}

extern "C" void weft_request_dump(int) {
  const int error = errno;
  (void)!write(dump_pipe.load(), "d", 1);
  errno = error;
}

#endif // WEFT_HAS_PIPES

} // namespace

void watch_by_environment() {
  static const bool once = [] {
    const char* limit = std::getenv("WEFT_WATCHDOG");
    if (limit != nullptr)
      set_watchdog(std::chrono::milliseconds(std::strtol(limit, nullptr, 10)));
    return true;
  }();
  (void)once;
}

} // namespace weft::detail

namespace weft {

void dump_fibers(std::FILE* file) {
  std::fputs("weft: the fibers of a thread:\n", file);
  for_each_fiber(detail::dump_fiber, file);
  std::fflush(file);
}

void dump_fibers_on([[maybe_unused]] int signal) {
#if WEFT_HAS_PIPES
  detail::the_watcher();
  struct sigaction action = {};
  action.sa_handler = detail::weft_request_dump;
  action.sa_flags = SA_RESTART;
  sigaction(signal, &action, nullptr);
#endif
}

void set_watchdog([[maybe_unused]] std::chrono::milliseconds limit,
                  [[maybe_unused]] long_turn_handler handler) {
#if WEFT_HAS_PIPES
  detail::watcher& watcher = detail::the_watcher();
  watcher.handler = handler;
  watcher.limit = limit.count() > 0 ? std::chrono::nanoseconds(limit).count() : 0;
  detail::is_watched = limit.count() > 0;
  (void)!write(watcher.pipe[1], "w", 1);
#endif
}

} // namespace weft
