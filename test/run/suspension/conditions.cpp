// A received value as the condition of every construct that has one, also
// declared there.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::coroutine<int, int> in_if(int n) {
  if (weft::yield<int>(n))
    at("then");
  else
    at("else");
  if (weft::yield<int>(n) > 2) {
    weft::yield<int>(10);
  } else if (weft::yield<int>(20) == 7) {
    weft::yield<int>(30);
  }
  if (int got = weft::yield<int>(40)) {
    tracer t("t", got);
    weft::yield<int>(got);
  }
  if (int got = weft::yield<int>(50); got > 5)
    at("got", got);
  if (!weft::yield<int>(60))
    at("not");
}

[[weft::coroutine]] weft::coroutine<int, int> in_loops() {
  while (weft::yield<int>(1) < 3) {
    tracer t("while");
    if (weft::yield<int>(2) == 2)
      continue;
    at("body");
  }
  do {
    tracer t("do");
    if (weft::yield<int>(3) == 4)
      continue;
    at("body");
  } while (weft::yield<int>(4) < 6);
  for (int i = weft::yield<int>(5); weft::yield<int>(6) < 12; i += 2) {
    tracer t("for", i);
    at("body");
  }
  while (int got = weft::yield<int>(7)) {
    at("while got", got);
    if (got > 13)
      break;
  }
}

[[weft::coroutine]] weft::coroutine<int, int> in_switch(int n) {
  while (n--)
    switch (weft::yield<int>(n)) {
    case 1:
      at("one");
      [[fallthrough]];
    case 2: {
      tracer t("two");
      weft::yield<int>(22);
      break;
    }
    case 3:
      continue;
    default:
      at("default");
    }
  switch (int got = weft::yield<int>(100); got) {
  case 5:
    at("five", got);
    break;
  default:
    at("other", got);
  }
}

int main() {
  trace::exercise("if", [] { return in_if(1); });
  trace::exercise("loops", [] { return in_loops(); }, trace::all, 16);
  trace::exercise("switch", [] { return in_switch(4); });
}
