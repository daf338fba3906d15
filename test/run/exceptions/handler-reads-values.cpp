// A value that only a handler reads is kept across the pauses of its try block.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> read_in_handler(int n) {
  int tripled = n * 3;
  try {
    weft::yield(n + 1);
    if (n > 1)
      throw n;
    weft::yield(2);
  } catch (int thrown) {
    at("thrown", tripled + thrown);
  } catch (...) {
    at("raised", tripled + 1);
  }
  weft::yield(3);
}

[[weft::coroutine]] weft::generator<int> read_in_outer_handler(int n) {
  int doubled = n * 2;
  try {
    try {
      weft::yield(n + 1);
      throw 1.5;
    } catch (int) {
      at("not here");
    }
  } catch (...) {
    at("here", doubled + 1);
  }
  weft::yield(3);
}

int main() {
  trace::exercise("read_in_handler", [] { return read_in_handler(1); });
  trace::exercise("read_in_handler", [] { return read_in_handler(2); });
  trace::exercise("read_in_outer_handler", [] { return read_in_outer_handler(4); });
}
