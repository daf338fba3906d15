// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An ordinary member of a class with fiber functions.

#include "cart.h"

void cart::add(std::unique_ptr<product> item, int amount) {
  lines_.push_back({std::move(item), amount});
}
