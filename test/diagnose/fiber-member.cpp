// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pointer to a member has only the driving entry. Where a pointer is meant, it may
// be one.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <weft/fiber.h>

struct device {
  [[weft::fiber]] void read(int n);
  [[weft::fiber]] static void reset(int n);
};
void start(device& d) {
  weft::spawn(&device::read, &d, 1);
  // CHECK: [[#@LINE-1]]:15: error: a pointer to the fiber member function 'read' cannot be handed to a fiber [weft-fiber-member]
  weft::spawn(&device::reset, 1);
  weft::spawn([&] { d.read(1); });
}
[[weft::fiber]] void post(weft::channel<void (device::*)(int)>& to) {
  to.send(&device::read);
}
