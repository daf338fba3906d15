// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two members and a constructor.

#include "report.h"

report::report(const std::string& title) : text_(title) {}

void report::add(const money& sum) {
  sum_ = sum_.plus(sum);
  text_ += ' ' + std::to_string(sum_.cents);
}
std::string report::text() const {
  tick();
  return text_;
}
