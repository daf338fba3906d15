// Pauses as operands of built-in operators.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::coroutine<int, int> arithmetic(int n) {
  int sum = weft::yield<int>(1) + 10;
  std::printf("  sum %d\n", sum);
  sum = 100 * weft::yield<int>(2);
  std::printf("  sum %d\n", sum);
  sum += weft::yield<int>(3); // the right side first, then sum is read
  std::printf("  sum %d\n", sum);
  n = -weft::yield<int>(4);
  std::printf("  n %d\n", n);
  int list[3] = {};
  list[weft::yield<int>(9) % 3] = 5;
  std::printf("  list %d %d %d\n", list[0], list[1], list[2]);
}

int main() {
  trace::exercise("arithmetic", [] { return arithmetic(3); });
}
