// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Free fiber functions with default arguments.

#pragma once
#include "money.h"
[[weft::fiber]] money with_tax(money net, int percent = 20);
[[weft::fiber]] money discounted(money full, const std::string& code);
