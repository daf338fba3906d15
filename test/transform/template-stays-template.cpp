// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A template stays one; what depends on its parameters is looked up in the base.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

template <class T> [[weft::coroutine]] weft::generator<T> twice(T value) {
  T copy = value;
  weft::yield(value);
  weft::yield(copy);
}
template weft::generator<int> twice(int);

// CHECK:      struct twice_frame final : weft::generator<T>::frame_type {
// CHECK-NEXT: std::uint8_t weft_alive = 0; // the innermost object alive
// CHECK-NEXT: struct parameters {
// CHECK-NEXT: T value; // line {{[0-9]+}}, parameter
// CHECK:      weft::slot<parameters> weft_parameters;
// CHECK-NEXT: weft::slot<T> copy_slot; // line {{[0-9]+}}, crosses 1, 2
// CHECK-NEXT: explicit twice_frame(T &&value) { ::new (weft_parameters.storage()) parameters{std::move(value)}; weft_alive = 1; }
// CHECK:      case 2: weft_alive = 1; copy_slot.destroy(); break;
// CHECK-NEXT: case 1: weft_alive = 0; weft_parameters.destroy(); break;
// CHECK:      auto& value = weft_parameters.value.value;
// CHECK-NEXT: auto& copy = copy_slot.value;
// CHECK-NEXT: switch (this->weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
// CHECK-NEXT: copy_slot.emplace_from([&]() -> T { return value; }); weft_alive = 2;
// CHECK-NEXT: return this->weft_yield(1, value);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: this->weft_resumed();
// CHECK-NEXT: return this->weft_yield(2, copy);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: this->weft_resumed();
// CHECK-NEXT: weft_alive = 1; copy_slot.destroy();
// CHECK-NEXT: weft_unwind(0);
// CHECK-NEXT: this->weft_finish();
// CHECK:      template <class T> {{\[\[}}weft::coroutine]] weft::generator<T> twice(T value) {
// CHECK-NEXT: return {weft::in_frame<twice_frame<T>>(), std::move(value)};
