// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Async generators as the oracle has them: coroutines on threads, whose bodies
// call plain functions.

#ifndef WEFT_TEST_RUN_PLAIN_ASYNC_GENERATOR_H
#define WEFT_TEST_RUN_PLAIN_ASYNC_GENERATOR_H

#include "../../threads/weft/coroutine.h"

namespace weft {

template <class Y, class Storage = heap_frame>
class async_generator
    : public twin::operations<async_generator<Y, Storage>, Y, void, void> {
public:
  struct iterator {
    async_generator* owner;
    auto& operator*() const { return owner->value(); }
    iterator& operator++() {
      owner->next();
      return *this;
    }
    bool operator!=(const iterator&) const { return !owner->done(); }
  };
  iterator begin() {
    if (!this->done())
      this->next();
    return {this};
  }
  iterator end() { return {this}; }
};

/// Hands on what `inner` yields, and to it what is raised.
template <class C> void yield_from(C&& inner) {
  for (bool more = !inner.done() && inner.next(); more;) {
    std::exception_ptr raised;
    try {
      yield(inner.value());
    } catch (const twin::closing&) {
      throw;
    } catch (...) {
      raised = std::current_exception();
    }
    more = !inner.done() && (raised ? inner.raise(raised) : inner.next());
  }
}

} // namespace weft

#endif // WEFT_TEST_RUN_PLAIN_ASYNC_GENERATOR_H
