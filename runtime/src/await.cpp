// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How handles that foreign awaiters resume make fibers ready.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/await.h>

namespace weft::detail {

// There is no way to make a foreign awaitable forget its handle.
const wait_kind wake_bridge::kind{
    "a foreign awaitable", [](void*, fiber&) noexcept { return false; }};

handle wake_bridge::park(fiber& self) {
  external_wait::park(self, kind, this);
  return handle::from_address(&words);
}

void wake_bridge::resume(void* frame) noexcept {
  static_cast<decltype(words)*>(frame)->self->wake();
}

void wake_bridge::destroy(void*) noexcept {
  abort_with("a foreign awaitable destroyed the coroutine that waits for it");
}

void hand_over_to(void* frame) noexcept {
  scheduler& home = *ready.home;
  ready.after = ready_context::hand_over;
  home.transfer_frame = frame;
  home.transfer = [](void* at) { (*static_cast<void (**)(void*)>(at))(at); };
}

} // namespace weft::detail
