// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How what ends outside of the scheduler makes fibers ready.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/external_wait.h>

namespace weft::detail {

void external_wait::attach(fiber& self) noexcept {
  waiter = &self;
  home = &scheduler::mine();
  home->retain();
  ++home->external_waits;
  injected::run = run;
}

void external_wait::forget() noexcept {
  --home->external_waits;
  home->release();
}

void external_wait::unpark() noexcept {
  forget();
  waiter->waiting = nullptr;
}

void external_wait::wake() noexcept {
  // Behind `inject` this object may be gone.
  scheduler& to = *home;
  if (&to == ready.home)
    run(*this);
  else
    to.inject(*this);
  to.release();
}

void external_wait::run(injected& work) noexcept {
  auto& self = static_cast<external_wait&>(work);
  --self.home->external_waits;
  meet(*self.waiter, &self);
}

} // namespace weft::detail
