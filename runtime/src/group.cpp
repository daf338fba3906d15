// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fibers that another one waits for.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include <weft/group.h>

namespace weft::detail {

const wait_kind group::kind{"its children", unlink, false, nullptr, met};

fiber* group::parent_of(const fiber& f) noexcept {
  for (end_listener* at = f.listeners; at != nullptr; at = at->next)
    if (at->ended == child_ended)
      return static_cast<child*>(at)->of->parent;
  return nullptr;
}

void group::insert(child& made) noexcept {
  made.of = this;
  made.ended = child_ended;
  made.next = nullptr;
  made.body->listeners = &made;
  made.next_child = nullptr;
  made.previous_child = last;
  (last != nullptr ? last->next_child : first) = &made;
  last = &made;
  if (parent == nullptr)
    return;
  start_fiber(*made.body);
  if (closing)
    ready.home->cancel(*made.body);
}

void group::start(fiber& self) noexcept {
  parent = &self;
  for (child* at = first; at != nullptr; at = at->next_child)
    start_fiber(*at->body);
}

void group::cancel(const child* spared) noexcept {
  closing = closing || spared == nullptr;
  for (child* at = first; at != nullptr; at = at->next_child)
    if (at != spared)
      ready.home->cancel(*at->body);
}

void group::remove(child& ended) noexcept {
  (ended.previous_child != nullptr ? ended.previous_child->next_child : first) =
      ended.next_child;
  (ended.next_child != nullptr ? ended.next_child->previous_child : last) =
      ended.previous_child;
}

void group::child_ended(end_listener& at) noexcept {
  child& ended = static_cast<child&>(at);
  group& self = *ended.of;
  self.remove(ended);
  if (self.decided == nullptr && self.decides(*ended.body)) {
    self.decided = &ended;
    ended.body->flags &= static_cast<std::uint8_t>(~fiber::detached);
    self.cancel(nullptr);
  }
  if (self.first == nullptr)
    meet(*self.parent, &self);
}

bool group::unlink(void* awaiter, fiber&) noexcept {
  static_cast<group*>(awaiter)->cancel(nullptr);
  return false;
}

bool group::met(void* awaiter, const void*) noexcept {
  throw_pending(*static_cast<group*>(awaiter)->parent);
  return true;
}

} // namespace weft::detail
