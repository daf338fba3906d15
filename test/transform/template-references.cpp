// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In a template a reference may have to be the temporary that it prolongs; the
// instantiation decides. One to what is not const is a pointer as elsewhere.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

template <class R> [[weft::coroutine]] weft::generator<int> each(R& range) {
  const auto& first = range.front();
  auto& last = range.back();
  weft::yield(first + last);
  for (auto& one : range)
    weft::yield(one);
  weft::yield(first + last);
}

// CHECK:      using first_type = weft::bound<const std::remove_reference_t<decltype((std::declval<R &>().front()))>&, decltype((std::declval<R &>().front()))>;
// CHECK:      std::add_pointer_t<decltype((std::declval<R &>().back()))> last;
// CHECK:      ::new (first_slot.storage()) first_type([&]() -> typename first_type::type { return range.front(); }); weft_alive =
// CHECK-NEXT: last = std::addressof(range.back());
// CHECK:      ::new ({{.*}}range_2_slot.storage()) range_2_type([&]() -> typename range_2_type::type { return range; }); weft_alive =
// CHECK-NEXT: ::new ({{.*}}begin_slot.storage()) begin_type(weft::range_begin(*range_2)); weft_alive =
// CHECK-NEXT: ::new ({{.*}}end_slot.storage()) end_type(weft::range_end(*range_2)); weft_alive =
// CHECK-NEXT: for (; begin != end; ++begin) {
// CHECK-NEXT: one = std::addressof(*begin);
// CHECK:      (*first) + (*last)
