// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Another member, with a static helper.

#include "money.h"

#include <cstdlib>

static int digits(const std::string& text, std::size_t from, std::size_t to) {
  tick();
  return std::atoi(text.substr(from, to - from).c_str());
}
money money::parse(const std::string& text) {
  const std::size_t dot = text.find('.');
  int whole = digits(text, 0, dot);
  return {whole * 100 + digits(text, dot + 1, text.size())};
}
