// `goto` forward, backward and out of scopes with destructors, over and around
// pauses.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> backward(int n) {
again:
  tracer each("each", n);
  weft::yield(n);
  if (--n > 0)
    goto again;
  at("done");
}

[[weft::coroutine]] weft::generator<int> forward(int n) {
  tracer a("a");
  if (n == 0)
    goto end;
  weft::yield(1);
  if (n == 1)
    goto end;
  {
    tracer b("b");
    weft::yield(2);
    if (n == 2)
      goto end;
    {
      tracer c("c");
      weft::yield(3);
      if (n == 3)
        goto middle;
    }
    weft::yield(4);
  }
middle:
  weft::yield(5);
end:
  weft::yield(6);
}

[[weft::coroutine]] weft::generator<int> out_of_loops(int n) {
  for (int i = 0; i < n; ++i) {
    tracer row("row", i);
    for (int j = 0; j < n; ++j) {
      tracer cell("cell", j);
      weft::yield(10 * i + j);
      if (j == 1)
        goto next_row;
      if (i == 1)
        goto out;
    }
  next_row:;
  }
out:
  weft::yield(-1);
}

[[weft::coroutine]] weft::generator<int> machine(const char* input) {
start:
  switch (*input++) {
  case 'a':
    goto a;
  case 'b':
    goto b;
  default:
    goto stop;
  }
a: {
  tracer t("a");
  weft::yield('a');
  goto start;
}
b:
  weft::yield('b');
  goto start;
stop:
  weft::yield(0);
}

[[weft::coroutine]] weft::generator<int> into_a_block(int n) {
  if (n == 1)
    goto inside;
  weft::yield(0);
  {
    weft::yield(1);
  inside:
    weft::yield(2);
  }
  if (n++ < 2)
    goto inside;
  while (n < 5) {
    weft::yield(3);
    n += 2;
  }
}

int main() {
  trace::exercise("backward", [] { return backward(3); });
  for (int n = 0; n < 5; ++n)
    trace::exercise("forward", [n] { return forward(n); });
  trace::exercise("out of loops", [] { return out_of_loops(3); });
  trace::exercise("machine", [] { return machine("abbaab"); });
  trace::exercise("into 0", [] { return into_a_block(0); });
  trace::exercise("into 1", [] { return into_a_block(1); });
}
