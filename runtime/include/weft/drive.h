// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Running a fiber function from ordinary code.
//
// A fiber function keeps its ordinary signature beside its frame: as an entry
// that drives it. On a thread that runs no fiber, the entry makes one and runs
// the thread's scheduler until it has ended. On a thread that does, the callee
// runs natively inside that one, and cannot pause: ceding control does nothing,
// and a wait that is not over is an error.

#ifndef WEFT_DRIVE_H
#define WEFT_DRIVE_H

#include <weft/activation.h>
#include <weft/scheduler.h>

#include <cstdlib>

namespace weft {

namespace detail {

/// Keeps the result of a fiber function for whoever asks.
template <class R> class result_of {
public:
  into<R> target() noexcept { return storage; }
  R take() { return std::move(storage.value); }
  void destroy() noexcept { storage.destroy(); }

private:
  slot<std::remove_cv_t<R>> storage;
};
template <class R> class result_of<R&> {
public:
  into<R&> target() noexcept { return into<R&>(pointer); }
  R& take() { return *pointer; }
  void destroy() noexcept {}

private:
  R* pointer;
};
template <class R> class result_of<R&&> {
public:
  into<R&&> target() noexcept { return into<R&&>(pointer); }
  R&& take() { return static_cast<R&&>(*pointer); }
  void destroy() noexcept {}

private:
  R* pointer;
};
template <> class result_of<void> {
public:
  into<void> target() noexcept { return {}; }
  void take() noexcept {}
  void destroy() noexcept {}
};

/// Destroys the result once it has been taken.
template <class R> class taken_result {
public:
  explicit taken_result(result_of<R>& result) noexcept : result(result) {}
  ~taken_result() { result.destroy(); }
  taken_result(const taken_result&) = delete;
  taken_result& operator=(const taken_result&) = delete;

private:
  result_of<R>& result;
};

} // namespace detail

/// Drives the fiber function that `begin`, given an `into<R>`, begins: comes
/// back with its result, moved once, or throws what ended it. `function` is its
/// name, for reports, and lives as long as the program.
///
/// In a driven function inside a fiber, a wait that is not over throws
/// `fiber_error` with `fiber_errc::cannot_suspend`, which names both; without
/// exceptions it ends the process. So does driving a function whose result can
/// be neither moved nor copied.
template <class R, class Begin> R drive(const char* function, Begin&& begin) {
  detail::result_of<R> result;
  {
    detail::scheduled_call call(function);
    call.finish(std::forward<Begin>(begin)(result.target()));
  }
  detail::taken_result<R> guard(result);
  if constexpr (std::is_void_v<R> || std::is_reference_v<R> ||
                std::is_move_constructible_v<R>)
    return result.take();
  else // the entry exists for every fiber function, also where nobody calls it
    detail::abort_with("the result of a driven function cannot be moved");
}

/// The same for `[[weft::fiber]] int main`: other fibers that still run when it
/// has ended are ended where they are paused, at the end of the thread.
template <class Begin> int drive_main(Begin&& begin) {
  return drive<int>("main", std::forward<Begin>(begin));
}

} // namespace weft

#endif // WEFT_DRIVE_H
