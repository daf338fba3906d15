// Exceptions and delegation: one that the inner coroutine lets out comes out of
// `yield_from`; one that is raised goes to the innermost first; close ends all.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::coroutine<int, void, int> inner(int fails_at, bool catches) {
  tracer t("inner");
  for (int i = 0; i < 3; ++i) {
    try {
      tracer each("each", i);
      weft::yield(i);
      if (i == fails_at)
        throw i;
    } catch (const trace::raised& r) {
      std::printf("  inner caught %s\n", r.what());
      if (!catches)
        throw;
    }
  }
  return 7;
}

[[weft::coroutine]] weft::coroutine<int, void, int> catching(int fails_at, bool catches) {
  tracer t("catching");
  int result = -1;
  try {
    tracer in_try("in try");
    result = weft::yield_from(inner(fails_at, catches));
    std::printf("  result %d\n", result);
    weft::yield(100);
  } catch (int n) {
    std::printf("  caught %d\n", n);
  } catch (const std::exception& e) {
    std::printf("  outer caught %s\n", e.what());
  }
  weft::yield(200);
  return result;
}

[[weft::coroutine]] weft::coroutine<int, void, int> passing(int fails_at, bool catches) {
  tracer t("passing");
  int n = weft::yield_from(catching(fails_at, catches));
  int m = weft::yield_from(inner(fails_at, catches));
  return n + m;
}

[[weft::coroutine]] weft::coroutine<int, void, int> retrying() {
  for (int tries = 0; tries < 4; ++tries) {
    try {
      return weft::yield_from(inner(2 - tries, false));
    } catch (int n) {
      tracer handler("handler", n);
      at("again", tries);
    }
  }
  return -1;
}

int main() {
  for (int fails_at = 0; fails_at < 4; ++fails_at)
    trace::exercise("catching", [=] { return catching(fails_at, fails_at == 3); });
  trace::exercise("passing", [] { return passing(5, true); });
  trace::exercise("passing", [] { return passing(1, false); });
  trace::exercise("retrying", [] { return retrying(); });
}
