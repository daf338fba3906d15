// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In a template, nothing shows that the value of an operand is taken before the pause
// that follows it; its instantiations do.

// ORACLE: plain
// RUN: %check %s %t
#include "fibers.h"
#include <functional>
#include <vector>

template <class T> static T& same(T& t) { return t; }

static int twice(int n) { return 2 * n; }
static int thrice(int n) { return 3 * n; }

// A stream: what is on the left is the object itself.
struct Sink {
  long total = 0;
  Sink& operator<<(int n) {
    total = 10 * total + n;
    return *this;
  }
  explicit operator long() const { return total; }
};

template <class T> [[weft::fiber]] static T& later(T& t) {
  cede(0);
  return t;
}

template <class T> [[weft::fiber]] static void reads(T n, T* p, T* q) {
  T r = n << (n = 5, cede(1));
  at("variable", int(r));
  r = same(n) << (n = 2, cede(1));
  at("call", int(r));
  r = (((n))) << (n = 4, cede(1));
  at("parentheses", int(r));
  r = later(n) << (n = 3, cede(1));
  at("fiber", int(r));
  r = (cede(1) ? n : r) << (n = 6, cede(1));
  at("conditional", int(r));
  r = p[(p = q, cede(1))];
  at("subscript", int(r));
  r = *p << (*q = 1, *p = 9, cede(1));
  at("pointee", int(r));
  int known = 7;
  r = known << (known = 1, T(cede(1)));
  at("known", int(r));
  T (*g)(T) = [](T t) { return T(t + 1); };
  T (*h)(T) = [](T t) { return T(t + 2); };
  at("callee", int(g((g = h, T(cede(4))))));
  std::function<T(T)> object = [known](T t) { return T(t + known); };
  at("object", int(object(T(cede(3)))));
  auto f = twice;
  at("auto", int(f((f = thrice, T(cede(4))))));
}

template <class T> [[weft::fiber]] static void either(T t, T u) {
  at("either", long(t << (t = u, cede(2))));
  at("then", long(t));
}

template <class C> [[weft::fiber]] static void indexed(C c, C other) {
  auto&& all = c;
  at("indexed", int(all[cede(1)]));
  C* where = &other;
  at("moved on", int((*where)[(where = &c, cede(1))]));
}

template <class T> struct Bits {
  T low : 4, high : 4;
  T* where;
  [[weft::fiber]] void read() {
    at("bits", int(low << (low = 1, cede(1))));
    at("high", int(this->high >> (this->high = 1, cede(1))));
    at("where", int(where[(++where, cede(0))]));
  }
};

[[weft::fiber]] static void body() {
  int a[] = {1, 2, 3}, b[] = {7, 8, 9};
  reads(3, a, b);
  long c[] = {1, 2, 3}, d[] = {7, 8, 9};
  reads(2L, c, d);
  either(3, 1);
  either(Sink(), Sink());
  indexed(a, b);
  indexed(std::vector<int>{4, 5, 6}, std::vector<int>{1, 2});
  Bits<unsigned> bits{3, 8, nullptr};
  unsigned in[] = {11, 12};
  bits.where = in;
  bits.read();
}

int main() { trace::exercise("reads", body); }
