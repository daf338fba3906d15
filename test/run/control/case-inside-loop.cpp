// Duff's device: `case` labels inside a loop inside the `switch`, each before a
// pause.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> duff(int count) {
  int n = (count + 3) / 4;
  switch (count % 4) {
  case 0:
    do {
      weft::yield(count);
      [[fallthrough]];
    case 3:
      weft::yield(3);
      [[fallthrough]];
    case 2:
      weft::yield(2);
      [[fallthrough]];
    case 1:
      weft::yield(1);
    } while (--n > 0);
  }
  weft::yield(0);
}

[[weft::coroutine]] weft::generator<int> case_in_block(int n) {
  switch (n) {
  case 0: {
    weft::yield(0);
    [[fallthrough]];
  case 1:
    weft::yield(1);
  }
    if (n == 5) {
    case 2:
      weft::yield(2);
    }
  }
}

int main() {
  for (int n = 1; n < 10; ++n)
    trace::exercise("duff", [n] { return duff(n); });
  for (int n = 0; n < 4; ++n)
    trace::exercise("block", [n] { return case_in_block(n); });
}
