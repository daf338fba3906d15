// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waits for room.

#include "mail.h"

void post_office::send(letter mail) { box.send(std::move(mail)); }
