// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Exceptions across calls.

#include "log.h"
#include "tax.h"

#include <stdexcept>

static int percent_of(const std::string& code) {
  tick();
  if (code == "HALF")
    return 50;
  throw std::invalid_argument(code);
}
money discounted(money full, const std::string& code) {
  try {
    percent_of("NONE");
  } catch (const std::invalid_argument& error) {
    tick();
    note(std::string("no code ") + error.what());
  }
  return full.times(percent_of(code), 100);
}
