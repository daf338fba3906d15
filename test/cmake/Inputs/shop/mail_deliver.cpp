// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Walks a channel.

#include "log.h"
#include "mail.h"

void post_office::deliver(int count) {
  for (const letter& each : box) {
    note("to " + each.to, each.number);
    if (--count == 0)
      break;
  }
}
