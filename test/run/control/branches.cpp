// `if` chains with pauses in some branches, in all, and in nested blocks, with
// objects on the way.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> chain(int n) {
  tracer outer("outer", n);
  if (n == 0) {
    weft::yield(0);
  } else if (n == 1) {
    tracer one("one");
    weft::yield(1);
    at("end of one");
  } else if (n == 2)
    weft::yield(2);
  else {
    at("else");
  }
  weft::yield(100 + n);
}

[[weft::coroutine]] weft::generator<int> dangling_else(bool a, bool b) {
  if (a)
    if (b)
      weft::yield(1);
    else
      weft::yield(2);
  else
    weft::yield(3);
}

[[weft::coroutine]] weft::generator<int> blocks() {
  tracer a("a");
  {
    tracer b("b");
    weft::yield(1);
    {
      tracer c("c");
      weft::yield(2);
    }
    at("between");
    {
      tracer d("d");
      {
        weft::yield(3);
        tracer e("e");
        at("deep");
      }
    }
    {
    }
    ;
    weft::yield(4);
  }
  {
    tracer b("other b");
    weft::yield(5);
  }
}

[[weft::coroutine]] weft::generator<int> with_initialiser(int n) {
  if (tracer t("t", n); t.number > 1) {
    weft::yield(t.number);
  } else {
    weft::yield(-t.number);
    t.number = 9;
  }
  if (int k = n * 2; k > 2)
    weft::yield(k);
  if (int k = n * 2) {
    weft::yield(k);
    at("k", k);
  } else if (int m = k + 1) {
    weft::yield(m + k);
    at("m", m + k);
  }
}

[[weft::coroutine]] weft::generator<int> nothing_happens(bool pause) {
  tracer a("a");
  if (pause)
    weft::yield(1);
}

int main() {
  for (int n = 0; n < 4; ++n)
    trace::exercise("chain", [n] { return chain(n); });
  for (int n = 0; n < 4; ++n)
    trace::exercise("dangling", [n] { return dangling_else(n & 1, n & 2); });
  trace::exercise("blocks", [] { return blocks(); });
  for (int n = 0; n < 3; ++n)
    trace::exercise("with initialiser", [n] { return with_initialiser(n); });
  trace::exercise("no pause", [] { return nothing_happens(false); });
  trace::exercise("pause", [] { return nothing_happens(true); });
}
