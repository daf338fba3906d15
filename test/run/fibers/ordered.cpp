// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the standard orders before a pause is found, read and made before it.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <functional>
#include <string>

static int twice(int n) { return 2 * n; }
static int thrice(int n) { return 3 * n; }

struct pt {
  int x;
  int get(int k) const { return x * 10 + k; }
  pt& self(int v) {
    x += v;
    return *this;
  }
  int (pt::*m)(int) const = &pt::get;
};

template <class T> [[weft::fiber]] static void dependent(T n) {
  T& r = n;
  at("closure", [n](int k) { return int(n) + k; }((n = 5, cede(T(1)))));
  int (*table[])(int) = {twice, thrice};
  at("table", table[n - 5]((n = 6, cede(T(2)))));
  int (*const* at_table)(int) = table;
  at("deref", (*at_table)((++at_table, cede(T(3)))));
  pt a{1}, b{2};
  pt* p = &a;
  at("arrow", p->get((p = &b, cede(T(4)))));
  p = &a;
  at("member", (p->*(p->m))((p = &b, cede(T(5)))));
  at("chain", p->self(int(n)).get((n = 1, p->x = 7, cede(T(6)))));
  std::function<int(int)> f = twice;
  at("function", f((f = thrice, cede(T(7)))));
  std::string s = "ab";
  at("append", int(s.append(1, char('a' + n - 9)).append(size_t(cede((n = 2, T(1)))), 'x').size()));
  int m[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
  at("grid", m[n][(n = 0, cede(T(1)))]);
  at("conditional", (n ? n : r + 1) << (n = 4, cede(T(1))));
  at("comma", ((n = 2, r) << (n = 4, cede(T(1)))));
  at("cast", int(static_cast<long>(r) << (r = 1, cede(T(1)))));
  at("incr", int(n++ << (n = 7, cede(T(1)))));
  at("preincr", int(++n << (n = 7, cede(T(1)))));
  at("neg", int((r ^ 3) << (r = 1, cede(T(1)))));
}

[[weft::fiber]] static void known(int n) {
  int& r = n;
  at("closure", [n](int k) { return int(n) + k; }((n = 5, cede(1))));
  int (*table[])(int) = {twice, thrice};
  at("table", table[n - 5]((n = 6, cede(2))));
  int (*const* at_table)(int) = table;
  at("deref", (*at_table)((++at_table, cede(3))));
  pt a{1}, b{2};
  pt* p = &a;
  at("arrow", p->get((p = &b, cede(4))));
  p = &a;
  at("member", (p->*(p->m))((p = &b, cede(5))));
  at("chain", p->self(int(n)).get((n = 1, p->x = 7, cede(6))));
  std::function<int(int)> f = twice;
  at("function", f((f = thrice, cede(7))));
  std::string s = "ab";
  at("append", int(s.append(1, char('a' + n - 9)).append(size_t(cede((n = 2, (1)))), 'x').size()));
  int m[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
  at("grid", m[n][(n = 0, cede(1))]);
  at("conditional", (n ? n : r + 1) << (n = 4, cede(1)));
  at("comma", ((n = 2, r) << (n = 4, cede(1))));
  at("cast", int(static_cast<long>(r) << (r = 1, cede(1))));
  at("incr", int(n++ << (n = 7, cede(1))));
  at("neg", int((r ^ 3) << (r = 1, cede(1))));
}

[[weft::fiber]] static void body() { dependent(3); }

[[weft::fiber]] static void body2() { known(3); }

int main() { trace::exercise("t", body);  trace::exercise("k", body2); }
