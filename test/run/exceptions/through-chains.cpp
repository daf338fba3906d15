// An exception that leaves one coroutine passes those that resume it like any
// calls, and may be caught at each.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> source(int fails_at) {
  tracer s("source");
  for (int i = 0;; ++i) {
    weft::yield(i);
    if (i == fails_at)
      throw i;
  }
}

[[weft::coroutine]] weft::generator<int> doubled(weft::generator<int> from) {
  tracer d("doubled");
  for (int x : from)
    weft::yield(2 * x);
}

[[weft::coroutine]] weft::generator<int> resilient(weft::generator<int> from) {
  tracer r("resilient");
  try {
    for (int& x : from) {
      tracer each("each", x);
      weft::yield(x);
    }
  } catch (int n) {
    std::printf("  caught %d\n", n);
  }
  std::printf("  inner is %s\n", from.done() ? "done" : "not done");
  weft::yield(-1);
}

int main() {
  trace::exercise("doubled", [] { return doubled(doubled(source(2))); });
  trace::exercise("resilient", [] { return resilient(doubled(source(1))); });
}
