// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The rare paths of async generators: raised exceptions, misuse.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/async_generator.h>
#include <weft/scheduler.h>

#include <cstdio>
#include <cstdlib>

namespace weft::detail {

void report_destroyed_awaited(const weft_async_activation&) noexcept {
  std::fputs("weft: async generator destroyed while its next value is being "
             "waited for\n",
             stderr);
  std::abort();
}

#if WEFT_HAS_EXCEPTIONS
void set_raised(weft_async_activation& frame,
                std::exception_ptr exception) noexcept {
  frame.weft_flags |= activation::weft_raised;
  ready.home->raised = std::move(exception);
}
#endif

} // namespace weft::detail
