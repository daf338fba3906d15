// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A try block is entered at its head, a handler by throwing its exception again.

// RUN: %weft %s -o - --no-line-directives -- -std=c++17 -I%runtime | FileCheck %s

#include <weft/coroutine.h>

void work();
[[weft::coroutine]] weft::generator<int> guarded() {
  try {
    weft::yield(1);
    work();
  } catch (const char*) {
    weft::yield(2);
    throw;
  }
}

// CHECK:      weft::slot<std::exception_ptr> caught_slot; // line {{[0-9]+}}, the exception being handled, crosses 2
// CHECK-NEXT: std::uint8_t weft_alive = 0; // the innermost object alive
// CHECK:      case 1: weft_alive = 0; caught_slot.destroy(); break;
// CHECK:      std::uint16_t weft_at = weft_enter();
// CHECK-NEXT: switch (weft_at) { case 0: break; case 1: case 2: goto try_1; }
// CHECK-NEXT: try_1:
// CHECK-NEXT: try {
// CHECK-NEXT: if (weft_at == 2) { std::rethrow_exception(caught_slot.value); }
// CHECK-NEXT: switch (weft_at) { case 1: goto suspended_1; }
// CHECK-NEXT: return weft_yield(1, 1);
// CHECK-NEXT: suspended_1:
// CHECK-NEXT: weft_at = 0;
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: work();
// CHECK-NEXT: } catch (const char*) {
// CHECK-NEXT: switch (weft_at) { case 2: goto suspended_2; }
// CHECK-NEXT: ::new (caught_slot.storage()) std::exception_ptr(std::current_exception()); weft_alive = 1;
// CHECK-NEXT: return weft_yield(2, 2);
// CHECK-NEXT: suspended_2:
// CHECK-NEXT: weft_at = 0;
// CHECK-NEXT: weft_resumed();
// CHECK-NEXT: throw;
// CHECK-NEXT: weft_alive = 0; caught_slot.destroy();
