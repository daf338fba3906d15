// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Functions whose frames are measured. run.py makes the C++20 coroutines out of
// this text too: `weft::yield(x)` becomes `co_yield x`.

#include "frames.h"

[[weft::coroutine]] weft::generator<int> small_loop(int n) {
  for (int i = 0; i < n; ++i)
    weft::yield(i);
}

[[weft::coroutine]] weft::generator<int> three_scopes(int n) {
  {
    char buffer[256];
    fill(buffer, n);
    weft::yield(1);
    n += use(buffer);
  }
  {
    char buffer[256];
    fill(buffer, n);
    weft::yield(2);
    n += use(buffer);
  }
  {
    char buffer[256];
    fill(buffer, n);
    weft::yield(3);
    n += use(buffer);
  }
  weft::yield(n);
}

[[weft::coroutine]] weft::generator<int> strings(std::string text) {
  std::string local = text + "!";
  weft::yield(int(local.size()));
  use(local.data());
}

[[weft::coroutine]] weft::generator<int> buffer_dead_before(int n) {
  {
    char buffer[4096];
    fill(buffer, n);
    n += use(buffer);
  }
  weft::yield(n);
  weft::yield(n + 1);
}

[[weft::coroutine]] weft::generator<int> buffer_live_across(int n) {
  char buffer[4096];
  fill(buffer, n);
  weft::yield(n);
  weft::yield(use(buffer));
}

[[weft::coroutine]] weft::generator<int> branches(int n) {
  if (n & 1) {
    char odd[128];
    fill(odd, n);
    weft::yield(1);
    n += use(odd);
  } else {
    char even[192];
    fill(even, n);
    weft::yield(2);
    n += use(even);
  }
  weft::yield(n);
}

[[weft::coroutine]] weft::generator<int> echo(int rounds) {
  char buffer[1024];
  for (int round = 0; round < rounds; ++round) {
    fill(buffer, round);
    for (int sent = 0; sent < 3; ++sent)
      weft::yield(sent + use(buffer));
  }
}

[[weft::coroutine]] weft::generator<int> four_in_a_row(int a, int b, int c, int d) {
  int first = use2(a, b);
  weft::yield(first);
  int second = use2(c, d);
  weft::yield(second);
  int third = use2(first, second);
  weft::yield(third);
  weft::yield(use2(third, a));
}

[[weft::coroutine]] weft::generator<int> tick() { weft::yield(1); }
