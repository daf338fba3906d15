// A value that only a jump, back or forth, brings to its use is kept across the
// pause in front of the jump.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> back(int n) {
  int total = 100;
  int round = 0;
again:
  total += round;
  weft::yield(total + 1); // Not the object: it would be kept for its address.
  if (++round < n)
    goto again;
}

[[weft::coroutine]] weft::generator<int> forth(int n) {
  int kept = n * 7;
  int other = n;
  weft::yield(other + 1);
  if (n > 2)
    goto far;
  weft::yield(-1);
  goto end;
far:
  weft::yield(kept + 1);
end:
  weft::yield(0);
}

int main() {
  trace::exercise("back", [] { return back(4); });
  trace::exercise("forth", [] { return forth(1); });
  trace::exercise("forth", [] { return forth(3); });
}
