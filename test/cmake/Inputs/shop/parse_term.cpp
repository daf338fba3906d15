// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The other half.

#include "clock.h"
#include "expression.h"

int parse_term(const char*& at) {
  tick();
  if (*at == '(') {
    int inner = parse_sum(++at);
    ++at;
    return inner;
  }
  return *at++ - '0';
}
