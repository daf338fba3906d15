// Two pauses among the arguments of one call: Clang evaluates them from left to
// right, and so does the oracle.
// RUN: %check %s %t

#include "trace.h"

int use(int a, int b) { return 10 * a + b; }
int three(int a, int b, int c) { return 100 * a + 10 * b + c; }

[[weft::coroutine]] weft::coroutine<int, int> several() {
  int n = use(weft::yield<int>(1), weft::yield<int>(2));
  std::printf("  n %d\n", n);
  n = three(weft::yield<int>(3), use(weft::yield<int>(4), 5), weft::yield<int>(6));
  std::printf("  n %d\n", n);
}

int main() {
  trace::exercise("several", [] { return several(); });
}
