// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The rare paths of coroutines: delegation, raised exceptions, misuse.
//
// A coroutine that delegates is a chain of frames. The outermost, the root,
// belongs to whoever resumes it and points at the innermost; every other frame
// points at the one it works for. So a resumption enters the innermost frame
// directly, however long the chain.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/coroutine.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace weft {

const char* message(coroutine_errc code) noexcept {
  switch (code) {
  case coroutine_errc::not_started:
    return "value sent to a coroutine that has not started";
  case coroutine_errc::value_awaited:
    return "coroutine awaits a value: use send";
  case coroutine_errc::no_value_awaited:
    return "value sent to a coroutine that does not await one";
  case coroutine_errc::ended:
    return "coroutine has ended";
  case coroutine_errc::running:
    return "coroutine is running";
  case coroutine_errc::delegated:
    return "another coroutine delegates to this one";
  case coroutine_errc::no_value:
    return "coroutine is not paused at a yield";
  case coroutine_errc::no_result:
    return "coroutine has no result";
  case coroutine_errc::awaited:
    return "the next value of this async generator is being waited for already";
  }
  return "unknown coroutine error";
}

namespace {
std::atomic<misuse_handler> installed_handler{nullptr};
} // namespace

misuse_handler set_misuse_handler(misuse_handler handler) noexcept {
  return installed_handler.exchange(handler);
}

namespace detail {

void call_misuse_handler(coroutine_errc code) noexcept {
  if (misuse_handler handler = installed_handler.load())
    handler(code);
  else
    std::fprintf(stderr, "weft: %s\n", message(code));
  std::abort();
}

void report_destroyed_in_use(const weft_frame& frame) noexcept {
  std::fputs(frame.weft_marks & weft_frame::weft_delegated
                 ? "weft: coroutine destroyed while another delegates to it\n"
                 : "weft: coroutine destroyed while it is running\n",
             stderr);
  std::abort();
}

namespace {

/// What `attach_chain` tells the chain's owner: the innermost frame of an inner
/// coroutine that delegates already. Read on the same thread before anything
/// else runs.
thread_local weft_frame* attached_chain = nullptr;

#if WEFT_HAS_EXCEPTIONS
/// On its way from `raise`, or from an inner frame, to the pause.
thread_local std::exception_ptr raised;
#endif

} // namespace

void attach_chain(weft_frame& inner) noexcept {
  inner.weft_marks |= weft_frame::weft_is_chain;
  attached_chain = inner.weft_link;
}

namespace {

/// The innermost frame of `inner`, which has just been attached.
weft_frame* innermost(weft_frame* inner) noexcept {
  if (!(inner->weft_marks & weft_frame::weft_is_chain))
    return inner;
  inner->weft_marks &= ~weft_frame::weft_is_chain;
  return attached_chain;
}

/// Takes the ended `leaf` off its chain.
void detach(weft_frame& leaf) noexcept {
  leaf.weft_link = nullptr;
  leaf.weft_marks = 0;
}

/// Resumes `root`, whose inner coroutine has ended; says whether it has handed over
/// again. Its link is not null meanwhile, or its entry would run the new chain, too,
/// and each inner coroutine cost stack.
bool resume_root(weft_frame& root) {
  struct linked_to_itself {
    explicit linked_to_itself(weft_frame& root) noexcept : root(root) {
      root.weft_link = &root;
    }
    ~linked_to_itself() {
      if (root.weft_link == &root)
        root.weft_link = nullptr;
    }
    weft_frame& root;
  };
  {
    linked_to_itself during(root);
    root.weft_resume(&root);
  }
  return root.weft_link != nullptr;
}

/// Runs `leaf`, the innermost of root's chain, and whatever takes over from it,
/// until the chain pauses or `root` ends; says whether it paused.
bool run_chain(weft_frame& root, weft_frame* leaf) {
  for (;;) {
    weft_frame* outer = leaf->weft_link;
#if WEFT_HAS_EXCEPTIONS
    // What ends an inner frame goes to the one that it worked for.
    try {
      leaf->weft_resume(leaf);
    } catch (...) {
      set_raised(std::current_exception());
      outer->weft_flags |= weft_frame::weft_raised;
    }
#else
    leaf->weft_resume(leaf);
#endif
    if (leaf->weft_state != weft_frame::weft_ended) {
      if (WEFT_LIKELY(leaf->weft_link == outer))
        return true;
      // It has handed over.
      weft_frame* inner = std::exchange(leaf->weft_link, outer);
      leaf = root.weft_link = innermost(inner);
      continue;
    }
    detach(*leaf);
    leaf = outer;
    if (outer != &root) {
      root.weft_link = outer;
      continue;
    }
    if (!resume_root(root))
      return root.weft_state != weft_frame::weft_ended;
    leaf = root.weft_link = innermost(root.weft_link);
  }
}

} // namespace

bool resume_chain(weft_frame& root) { return run_chain(root, root.weft_link); }

bool begin_chain(weft_frame& root) {
  return run_chain(root, root.weft_link = innermost(root.weft_link));
}

void end_chain(weft_frame& root) noexcept {
  weft_frame* leaf = std::exchange(root.weft_link, nullptr);
  // The outermost borrowed frame keeps what is inside it as its own chain.
  weft_frame* borrowed = nullptr;
  for (weft_frame* at = leaf; at != &root; at = at->weft_link)
    if (at->weft_marks & weft_frame::weft_borrowed)
      borrowed = at;
  weft_frame* owned = leaf;
  if (borrowed != nullptr) {
    owned = std::exchange(borrowed->weft_link,
                          leaf == borrowed ? nullptr : leaf);
    borrowed->weft_marks &=
        ~(weft_frame::weft_delegated | weft_frame::weft_borrowed);
  }
  // One after the other, so that the depth of the chain costs no stack. Later,
  // each finds the coroutine object that it holds ended.
  while (owned != &root) {
    weft_frame* outer = std::exchange(owned->weft_link, nullptr);
    owned->weft_marks = weft_frame::weft_ends_only;
    owned->weft_destroy(owned);
    owned = outer;
  }
}

#if WEFT_HAS_EXCEPTIONS
void set_raised(std::exception_ptr exception) noexcept {
  raised = std::move(exception);
}

void throw_raised(weft_frame& frame) {
  frame.weft_flags &= ~weft_frame::weft_raised;
  std::rethrow_exception(std::exchange(raised, nullptr));
}
#endif

} // namespace detail
} // namespace weft
