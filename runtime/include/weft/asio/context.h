// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each thread's `asio::io_context`, in which its scheduler waits.
//
// Fibers and Asio's completion handlers take turns on the thread: while fibers
// are ready they run, and now and then what has completed is handled; when none
// is ready, the thread waits inside the context.

#ifndef WEFT_ASIO_CONTEXT_H
#define WEFT_ASIO_CONTEXT_H

#include <weft/scheduler.h>

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>

#include <cstddef>
#include <memory>
#include <optional>

namespace weft::asio {

/// Of every object that `context()` is given to.
using executor = ::asio::io_context::executor_type;

namespace detail {

/// Operations that fibers of this thread wait for.
inline thread_local std::size_t in_flight = 0;

/// Waits in a context, which is run by nobody else.
class context_poller final : public poller {
public:
  explicit context_poller(::asio::io_context& runs) : runs(runs) { hold(); }
  explicit context_poller(std::unique_ptr<::asio::io_context> owned)
      : owned(std::move(owned)), runs(*this->owned) {
    hold();
  }

  void wait(time_point deadline) override {
    if (handled)
      handled = false;
    else if (deadline == time_point::max())
      runs.run_one();
    else
      runs.run_one_until(deadline);
    go_on();
  }
  void poll() override {
    runs.poll();
    go_on();
  }
  /// Stops, because posting something would allocate.
  void wake() noexcept override { runs.stop(); }
  /// Whether a fiber waits for an operation, or the context has other work.
  bool has_sources() const noexcept override {
    return in_flight != 0 || has_work();
  }
  void thread_ends() noexcept override;

  ::asio::io_context& context() const noexcept { return runs; }

private:
  void hold() const { held.emplace(runs.get_executor()); }
  void go_on() const {
    if (runs.stopped())
      runs.restart();
  }
  /// A context shows that by going on when nothing else holds it.
  bool has_work() const noexcept {
    held.reset();
    handled = runs.poll_one() != 0;
    const bool works = handled || !runs.stopped();
    go_on();
    hold();
    return works;
  }

  std::unique_ptr<::asio::io_context> owned;
  ::asio::io_context& runs;
  mutable std::optional<::asio::executor_work_guard<executor>> held;
  /// Something, which may have made a fiber ready: the next wait is over.
  mutable bool handled = false;
};

/// Of this thread; null before the first use.
inline thread_local context_poller* plugged = nullptr;

inline void context_poller::thread_ends() noexcept {
  plugged = nullptr;
  delete this;
}

inline ::asio::io_context& plug(std::unique_ptr<context_poller> poller) {
  set_poller(poller.get());
  plugged = poller.release();
  return plugged->context();
}

} // namespace detail

/// The context of this thread, in which its scheduler waits, made at the first
/// use. It ends behind the thread's fibers. I/O objects of fibers belong to
/// it, and so to this thread.
inline ::asio::io_context& context() {
  if (detail::plugged != nullptr)
    return detail::plugged->context();
  // All I/O is this thread's; only posting may come from another.
  auto own =
      std::make_unique<::asio::io_context>(ASIO_CONCURRENCY_HINT_UNSAFE_IO);
  return detail::plug(std::make_unique<detail::context_poller>(std::move(own)));
}

/// Makes `given` the context of this thread, before the first use of
/// `context()`. It must outlive the thread's fibers, and nobody else runs it.
inline void use_context(::asio::io_context& given) {
  if (detail::plugged != nullptr)
    weft::detail::abort_with("this thread has an io_context already");
  detail::plug(std::make_unique<detail::context_poller>(given));
}

} // namespace weft::asio

#endif // WEFT_ASIO_CONTEXT_H
