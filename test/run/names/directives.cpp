// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Macros that a function defines or undefines mean at each place what they mean there,
// and behind it what it leaves; conditionals may begin or end inside of it.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#define N 1
#define M() at("m", N)
[[weft::fiber]] static void uses(int t) {
  at("x", cede(N) + t);
#undef N
#define N 2
  at("x", cede(N) + t);
  for (int i = 0; i < N; ++i) {
#undef N
#define N 7
  M();
  cede(N);
  }
}
static int after() { return N; }
#undef N

#if defined(PLAIN)
[[weft::fiber]] static void heads(int t, int u) {
#else
template <class T> [[weft::fiber]] static void heads(T t) {
#endif
#define WHAT 5
  at("x", cede(WHAT) + t);
#undef WHAT
#define WHAT 6
#if WHAT == 6
  at("y", cede(WHAT) + t);
}
#else
}
#endif
static int left_behind() { return WHAT; }

[[weft::fiber]] static void body() {
  uses(1);
  heads(2);
  at("left behind", after() + left_behind());
}
int main() { trace::exercise("directives", body); }
