// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What stands in front of `->` is evaluated before the arguments, once, whatever
// `operator->` returns; a proxy lives until the end of the full-expression.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <memory>
struct counter {
  int n = 5;
  [[weft::fiber]] int slow(int k) {
    cede(k);
    return n + k;
  }
  int quick(int k) const { return n + k; }
};
[[weft::fiber]] static int use(int n, int k) {
  cede(k);
  at("use", n);
  return n;
}
static std::unique_ptr<counter>& said(std::unique_ptr<counter>& p) {
  at("said", 1);
  return p;
}
static std::shared_ptr<counter> copied(std::shared_ptr<counter>& p) {
  at("copied", 1);
  return p;
}
[[weft::fiber]] static void uses(std::unique_ptr<counter>& p, std::shared_ptr<counter> q) {
  at("a", p->quick(cede(1)));
  at("b", p->slow(cede(1)));
  at("c", said(p)->quick(cede(1)));
  at("d", said(p)->slow(cede(1)));
  at("e", copied(q)->slow(cede(1)));
  at("f", copied(q)->quick(cede(1)));
  at("f", use(copied(q)->quick(1), 2));
  at("f", use(copied(q)->quick(1), 2) + copied(q)->n);
  copied(q)->n += cede(1);
  copied(q)->n = use(copied(q)->n, 1);
}
template <class P> [[weft::fiber]] static void generic(P p, P q) {
  at("a", p->quick(cede(1)));
  at("b", p->slow(cede(1)));
  at("e", copied(q)->slow(cede(1)));
  at("f", copied(q)->quick(cede(1)));
  at("f", use(copied(q)->quick(1), 2));
  copied(q)->n += cede(1);
}
/// Locks as long as the expression lasts.
template <class T> struct guard {
  T* object;
  ~guard() { std::printf("    unlocked\n"); }
  T* operator->() const { return object; }
};
template <class T> struct locked {
  T object;
  guard<T> operator->() { return {&object}; }
};
[[weft::fiber]] static void proxies(locked<counter>& t) {
  at("x", use(t->quick(1), 1));
  at("x", t->slow(1));
  t->n = cede(4);
  at("x", t->slow(cede(1)));
}

[[weft::fiber]] static void body() {
  auto p = std::make_unique<counter>();
  auto q = std::make_shared<counter>();
  uses(p, q);
  generic(q, q);
  locked<counter> behind_proxy;
  proxies(behind_proxy);
}
int main() { trace::exercise("arrows", body); }
