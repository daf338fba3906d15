// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Recursion that sometimes suspends.

#include "report.h"

static int add_up(const std::string& text, std::size_t from) {
  if (from == text.size())
    return 0;
  if (from % 7 == 0)
    tick();
  return text[from] + add_up(text, from + 1);
}
int report::checksum() const { return add_up(text(), 0) % 1000; }
