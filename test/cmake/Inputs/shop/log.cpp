// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ordinary code.

#include "log.h"

#include <cstdio>

void note(const std::string& text) { std::printf("%s\n", text.c_str()); }
void note(const std::string& text, int number) {
  std::printf("%s %d\n", text.c_str(), number);
}
