// Sums and products. `factor`, in another file, calls `sum` in turn.

#include "calculator.h"

#include <stdexcept>

// Nobody else calls it, so it needs no annotation.
static long product(input& in) {
  long value = factor(in);
  for (;;) {
    char sign = in.peek();
    if (sign != '*' && sign != '/')
      return value;
    in.skip();
    long other = factor(in);
    if (sign == '/' && other == 0)
      throw std::runtime_error("division by zero");
    value = sign == '*' ? value * other : value / other;
  }
}

long sum(input& in) {
  long value = product(in);
  for (;;) {
    char sign = in.peek();
    if (sign != '+' && sign != '-')
      return value;
    in.skip();
    long other = product(in);
    value = sign == '+' ? value + other : value - other;
  }
}
