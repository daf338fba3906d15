// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Parentheses initialise the parts of an aggregate in their order.

// ORACLE: plain
// STANDARD: 20
// RUN: %check %s %t

#include "fibers.h"
struct point {
  int x;
  int y = 3;
};

[[weft::fiber]] static void body() {
  point p(cede(1), 2);
  at("p", p.x + p.y);
  point q(cede(4));
  at("q", q.x + q.y);
  point r = point(cede(1), cede(2));
  at("r", r.x + r.y);
  cede(1);
  at("p", p.x + p.y + r.x);
  int a[2](cede(1), 7);
  at("a", a[0] + a[1]);
  cede(2);
  at("a", a[0] + a[1]);
}
int main() { trace::exercise("parens", body); }
