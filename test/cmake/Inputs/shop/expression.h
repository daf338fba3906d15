// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Recursion across files; does not include Weft.

#ifndef SHOP_EXPRESSION_H
#define SHOP_EXPRESSION_H

#include <string>

// sum := term { '+' term };  term := number | '(' sum ')'
[[weft::fiber]] int parse_sum(const char*& at);
[[weft::fiber]] int parse_term(const char*& at);

#endif
