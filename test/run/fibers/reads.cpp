// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is evaluated before a pause is read before it, whatever its variable is called
// in the frame.

// ORACLE: plain
// RUN: %check %s %t
#include "fibers.h"
static int global = 3;
[[weft::fiber]] static int& later(int& n) {
  cede(0);
  return n;
}

[[weft::fiber]] static void plain(int n) {
  int x = 1;
  int& r = n;
  int* p = &x;
  at("reference", r << (r = 5, cede(1)));
  {
    int n = 2; // Another name in the frame.
    at("renamed", n << (n = 5, cede(1)));
    cede(0);
    at("n", n);
  }
  int twice[2] = {};
  at("fiber", later(n) << (n = 3, cede(1)));
  twice[(n = 8, cede(1))] = later(n);
  twice[cede(0)] = r + 1;
  at("left", twice[0] + twice[1]);
  at("pointer", p[(p = &n, cede(0))]);
  const auto& [a, b] = std::pair<int, int>(4, 2);
  at("binding", a << cede(b));
}
[[weft::fiber]] static void body() { plain(global); }
int main() { trace::exercise("reads", body); }
