// Numbers, signs and parentheses; and where the characters come from.

#include "calculator.h"

#include <stdexcept>

char input::peek() {
  for (;;) {
    if (at < piece.size() && piece[at] != ' ')
      return piece[at];
    if (at < piece.size()) {
      ++at;
    } else {
      auto next = pieces.receive(); // here all of the parser pauses
      if (!next)
        return 0;
      piece = *next;
      at = 0;
    }
  }
}

static bool is_digit(char each) { return each >= '0' && each <= '9'; }

long factor(input& in) {
  char first = in.peek();
  if (first == '-') {
    in.skip();
    return -factor(in);
  }
  if (first == '(') {
    in.skip();
    long value = sum(in);
    if (in.peek() != ')')
      throw std::runtime_error("no ')'");
    in.skip();
    return value;
  }
  if (!is_digit(first))
    throw std::runtime_error("no number");
  long value = 0;
  while (is_digit(in.peek())) {
    value = value * 10 + (in.peek() - '0');
    in.skip();
  }
  return value;
}
