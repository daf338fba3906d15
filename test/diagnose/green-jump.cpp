// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A jump between functions would leave those that --green-all lets drive in between; a signal comes at any time.

// RUN: not %weft --check --green-all %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
// RUN: %weft --check %s -- -std=c++17 -I%runtime

#include <csetjmp>
#include <csignal>

static std::jmp_buf place;
void leave() {
  std::longjmp(place, 1);
  // CHECK: [[#@LINE-1]]:3: error: 'longjmp' cannot be used with '--green-all' [weft-green-jump]
}
int main() {
  if (setjmp(place) == 0)
    // CHECK: [[#@LINE-1]]:7: error: '_setjmp' cannot be used with '--green-all' [weft-green-jump]
    leave();
}
void handler(int) {}
void handlers() {
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGINT, handler);
  // CHECK: [[#@LINE-1]]:3: error: 'signal' cannot be used with '--green-all' [weft-green-jump]
}
