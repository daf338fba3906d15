// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One half of the recursion.

#include "expression.h"

int parse_sum(const char*& at) {
  int sum = parse_term(at);
  while (*at == '+')
    sum += parse_term(++at);
  return sum;
}
