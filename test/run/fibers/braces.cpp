// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Elements of a braced list are evaluated and read in their order, with pauses between.

// ORACLE: plain
// RUN: %check %s %t
#include "fibers.h"
#include <array>
#include <memory>
#include <vector>

struct Pair {
  int a, b;
};
struct Made {
  int a, b;
  explicit Made(int a, int b) : a(a), b(b) {}
};

static int digits(const Pair& pair) { return pair.a * 10 + pair.b; }
static int both(const Made& made) { return made.a * 10 + made.b + 1000; }

template <class T, class P> [[weft::fiber]] static P result(T& r) {
  return {r, (r = 1, cede(3))};
}

template <class T, class P, class M> [[weft::fiber]] static void braces(T n) {
  T& r = n;
  T list[] = {n, T((n = 5, cede(1))), n};
  at("array", int(list[0] * 100 + list[1] * 10 + list[2]));
  P pair{int(n), (n = 2, cede(1))};
  at("pair", pair.a * 10 + pair.b);
  P plain{r, (r = 4, cede(2))};
  at("aggregate", plain.a * 10 + plain.b);
  M made{r, (r = 3, cede(1))};
  at("constructor", made.a * 10 + made.b);
  std::vector<T> all{n, T((n = 9, cede(1)))};
  at("vector", int(all[0] * 10 + all[1]));
  std::unique_ptr<P> heap(new P{r, (r = 6, cede(1))});
  at("new", heap->a * 10 + heap->b);
  at("operand", digits(P{r, (r = 2, cede(1))}));
  at("argument", digits({r, (r = 7, cede(1))}));
  at("temporary", both(M{r, (r = 8, cede(1))}));
  at("result", digits(result<T, P>(n)));
  std::array<T, 2> two{{n, T((n = 1, cede(1)))}};
  at("std::array", int(two[0] * 10 + two[1]));
  T x = n, y = (n = 3, T(cede(1))), z = n;
  at("declarations", int(x * 100 + y * 10 + z));
}

[[weft::fiber]] static void body() {
  braces<int, Pair, Made>(3);
  braces<short, Pair, Made>(4);
}

[[weft::fiber]] static void known(int n) {
  int& r = n;
  int list[] = {r, (n = 5, cede(1)), n};
  at("array", int(list[0] * 100 + list[1] * 10 + list[2]));
  Pair plain{r, (r = 4, cede(2))};
  at("aggregate", plain.a * 10 + plain.b);
  Made made{r, (r = 3, cede(1))};
  at("constructor", made.a * 10 + made.b);
  std::vector<int> all{r, (r = 9, cede(1))};
  at("vector", int(all[0] * 10 + all[1]));
  std::unique_ptr<Pair> heap(new Pair{r, (r = 6, cede(1))});
  at("new", heap->a * 10 + heap->b);
  at("operand", digits(Pair{r, (r = 2, cede(1))}));
  at("argument", digits({r, (r = 7, cede(1))}));
  at("temporary", both(Made{r, (r = 8, cede(1))}));
  at("result", digits(result<int, Pair>(n)));
  std::array<int, 2> two{{r, (n = 1, cede(1))}};
  at("std::array", int(two[0] * 10 + two[1]));
  int x = r, y = (n = 3, cede(1)), z = r;
  at("declarations", int(x * 100 + y * 10 + z));
}

[[weft::fiber]] static void other() { known(3); }

int main() {
  trace::exercise("braces", body);
  trace::exercise("known", other);
}
