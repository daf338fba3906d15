// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A primitive that is a fiber function of the library's.

#ifndef WEFT_CALL_AWAITER_H
#define WEFT_CALL_AWAITER_H

#include <weft/drive.h>

#include <type_traits>
#include <utility>

namespace weft::detail {

/// A call that begins where the awaiter is made, so that the awaiter's type does
/// not tell that of the frame, which may depend on a lambda.
template <class R> class call_awaiter {
  static_assert(std::is_void_v<R> || std::is_trivially_destructible_v<R>);

public:
  /// `begin(into<R>)` is the entry.
  template <class Begin>
  call_awaiter(std::in_place_t, Begin&& begin) : begun(begin(result.target())) {}
  call_awaiter(const call_awaiter&) = delete;
  call_awaiter& operator=(const call_awaiter&) = delete;

  activation* weft_begin() noexcept { return begun; }
  R await_resume() { return result.take(); }

private:
  result_of<R> result;
  activation* begun;
};

} // namespace weft::detail

#endif // WEFT_CALL_AWAITER_H
