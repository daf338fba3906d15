// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The name of a fiber function where it is handed over: it is the function that
// drives wherever a function pointer is meant, also in weft's own classes, and
// can be suspended where weft's functions take what may suspend. A lambda without
// captures is a function pointer, too.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

static int twice(int n) { return cede(n) * 2; }
static int plain(int n) { return n * 3; }
namespace inner {
[[weft::fiber]] int plus(int n, int m) {
  tracer t("plus", n);
  cede();
  return t.number + m;
}
} // namespace inner

using pointer = int (*)(int);
struct table {
  pointer entries[2];
  int (*plus)(int, int);
};

static int call(pointer f, int n) { return f(n); }
static int apply(weft::function<int(int)> f, int n) {
  tracer t("apply", n);
  return f(n) + t.number;
}

// Inside of a fiber what is driven cannot pause: there is nothing to see of it
// but the result.
static void pointers() {
  weft::channel<pointer> calls(2);
  calls.send(twice);
  calls.send(&plain);
  at("received", (*calls.receive())(1));
  at("received", (*calls.receive())(1));

  table t = {{twice, &plain}, inner::plus};
  at("table", t.entries[0](2) + t.entries[1](2) + t.plus(2, 3));
  weft::channel<table> tables(1);
  tables.send(table{{plain, twice}, &inner::plus});
  at("received table", tables.receive()->entries[1](4));
  at("call", call(twice, 5));
  at("spawned call", weft::spawn(call, twice, 6).get());
  at("spawned call", weft::spawn(call, &plain, 6).get());
}
static int (*const at_namespace_scope)(int) = [](int n) { return cede(n) + 1; };
static void lambdas() {
  at("namespace scope", at_namespace_scope(1));
  pointer p = [](int n) {
    cede();
    return n * 5;
  };
  at("p", p(2));
  auto* q = +[](int n) { return cede(n) * 6; };
  at("q", q(3));
  auto f = [](int n) mutable -> int {
    cede();
    return n += 7;
  };
  p = f;
  at("f", p(4) + f(5));
  void (*nothing)() = [] { cede(); };
  nothing();
  int& (*reference)(int&) = [](int& n) -> int& {
    cede();
    return ++n;
  };
  int n = 8;
  at("reference", ++reference(n));
  at("call", call([](int m) { return cede(m); }, 10));
  weft::channel<pointer> calls(1);
  calls.send([](int m) { return twice(m); });
  at("received lambda", (*calls.receive())(11));
}
[[weft::fiber]] void suspended() {
  auto applied = weft::spawn(apply, twice, 1);
  at("applied", applied.get());
  auto also = weft::spawn(apply, &plain, 2);
  at("applied", also.get());
  auto added = weft::spawn(inner::plus, 3, 4);
  at("added", added.get());
  weft::function<int(int)> f = twice;
  at("f", f(5));
  f = &plain;
  at("f", f(6));
  auto by_lambda = [](weft::function<int(int, int)> g) { return g(7, 8); };
  at("by lambda", weft::spawn(by_lambda, inner::plus).get());
}

int main() {
  std::printf("pointers\n");
  weft::run(pointers);
  std::printf("lambdas\n");
  weft::run(lambdas);
  at("run", weft::run(inner::plus, 1, 2));
  trace::exercise("suspended", suspended);
}
