// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Arguments are evaluated in any order, but each as a whole: nothing of another one
// comes between a pause and what is left of its argument ([expr.call]/8).

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <memory>
#include <string>

static int add(int a, int b) {
  at("add", a * 10 + b);
  return a + b;
}

/// Its moves are seen, so that it stays in the call.
struct seen {
  int number;
  explicit seen(int n) : number(n) { at("made", n); }
  seen(seen&& other) : number(other.number) { at("moved"); }
};
static int take(int a, seen s) { return a + s.number; }
static int take(const tracer& s, int a) { return a + s.number; }
static int length(const std::string& s, std::unique_ptr<int> p) { return int(s.size()) + *p; }

struct object {
  int a, b;
  object(int a, int b) : a(a), b(b) {}
  int with(int c, int d) const { return a + b + c + d; }
};

[[weft::fiber]] static int& later(int& n) {
  cede(0);
  return n;
}

[[weft::fiber]] static int fiber(int a, int b, const tracer& c) {
  cede(a);
  return a + b + c.number;
}

template <class T> struct calls {
  [[weft::fiber]] static void run(T n) {
    at("both", add(add(cede(T(1)), cede(T(2))), cede(T(3))));
    at("first", add(add(cede(T(1)), 2), cede(T(3))));
    at("read", add(T(cede(1) + n), (n = 7, cede(T(3)))));
    at("constructor", object(add(cede(T(1)), 1), add(cede(T(2)), 2)).b);
    at("member", object(1, 2).with(add(cede(T(1)), 1), add(cede(T(2)), 2)));
    at("object", take(add(cede(T(1)), 1), seen(cede(T(2)))));
    at("reference", take(tracer("bound", cede(T(1))), add(cede(T(2)), 3)));
    at("fiber", fiber(add(cede(T(1)), 1), add(cede(T(2)), 2), tracer("kept", cede(T(3)))));
  }
};

[[weft::fiber]] static void plain(int n) {
  at("both", add(add(cede(1), cede(2)), cede(3)));
  at("first", add(add(cede(1), 2), cede(3)));
  at("read", add(cede(1) + n, (n = 7, cede(3))));
  at("of a reference", add(later(n), (n = 8, cede(3))));
  at("constructor", object(add(cede(1), 1), add(cede(2), 2)).b);
  at("member", object(1, 2).with(add(cede(1), 1), add(cede(2), 2)));
  at("object", take(add(cede(1), 1), seen(cede(2))));
  at("reference", take(tracer("bound", cede(1)), add(cede(2), 3)));
  at("fiber", fiber(add(cede(1), 1), add(cede(2), 2), tracer("kept", cede(3))));
  at("standard", length(std::string(cede(3), 'x') + "y", std::make_unique<int>(cede(4))));
  at("sum", add(cede(1), 2) + add(cede(2), 3) * add(cede(3), 4));
  at("strings", int((std::string(cede(1), 'a') + std::to_string(cede(2))).size()));
}

[[weft::fiber]] static void known() { plain(3); }
[[weft::fiber]] static void dependent() { calls<int>::run(3); }

int main() {
  trace::exercise("known", known);
  trace::exercise("dependent", dependent);
}
