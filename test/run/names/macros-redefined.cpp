// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A macro means another thing in each part of a class, and in a lambda.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#define K 1
struct s {
#undef K
#define K 2
  int m = K;
  [[weft::fiber]] int f(int n) {
    cede(n);
    int a[K] = {};
    at("f", K + m + n + int(sizeof a));
    cede(n);
    return a[0] + K;
  }
  template <class T> [[weft::fiber]] T g(T n) {
    cede(1);
    at("g", int(n) + K);
    return n + K;
  }
#undef K
#define K 3
};

[[weft::fiber]] static void body() {
  s x;
  at("f", x.f(1));
  at("g", int(x.g(2)));
  auto lambda = [&](int n) {
#undef K
#define K 4
    cede(n);
    at("lambda", K + n);
#undef K
#define K 5
    return K;
  };
  at("after", lambda(1) + K);
}

int main() { trace::exercise("macros in classes", body); }
