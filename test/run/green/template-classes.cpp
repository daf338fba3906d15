// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Class templates without an annotation: specialised, as bases of themselves, with
// friends and operators, recursive, and templates of templates.

// ORACLE: plain
// TOOL: --green-all
// RUN: %check %s %t

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>
template <class T> struct box {
  T v;
  void set(const T& x) { v = x; }
  T get() const { return v; }
  void twice() { set(v + v); }
};
template <> void box<int>::set(const int& x) { v = x + 1000; }
template <class T> struct box<T*> {
  T* v;
  T get() const { return *v; }
};
template struct box<double>;
template <class T> struct base {
  void run(int n) {
    for (int i = 0; i < n; ++i)
      self().step(i);
  }
  T& self() { return static_cast<T&>(*this); }
};
struct derived : base<derived> {
  int sum = 0;
  void step(int i) { sum += i; }
};
template <class T> class matrix {
  std::vector<T> d;
  int w;

public:
  matrix(int h, int w) : d(h * w), w(w) {}
  T& operator()(int r, int c) { return d[r * w + c]; }
  const T& operator()(int r, int c) const { return d[r * w + c]; }
  friend matrix operator*(const matrix& a, const matrix& b) {
    matrix m(2, 2);
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 2; ++j) {
        T s{};
        for (int k = 0; k < 2; ++k)
          s += a(i, k) * b(k, j);
        m(i, j) = s;
      }
    return m;
  }
  template <class F> auto map(F f) const -> matrix<decltype(f(T()))> {
    matrix<decltype(f(T()))> m(2, 2);
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 2; ++j)
        m(i, j) = f((*this)(i, j));
    return m;
  }
};
template <class K, class V> struct cache {
  std::map<K, V> m;
  int misses = 0;
  template <class F> const V& get(const K& k, F make) {
    auto it = m.find(k);
    if (it == m.end()) {
      ++misses;
      it = m.emplace(k, make(k)).first;
    }
    return it->second;
  }
};
template <class... T> struct tuple_;
template <> struct tuple_<> {
  int size() const { return 0; }
};
template <class H, class... T> struct tuple_<H, T...> : tuple_<T...> {
  H h;
  tuple_(H h, T... t) : tuple_<T...>{t...}, h(h) {}
  int size() const { return 1 + tuple_<T...>::size(); }
};
template <class T> void quick(std::vector<T>& v, int l, int r) {
  if (l >= r)
    return;
  T p = v[(l + r) / 2];
  int i = l, j = r;
  while (i <= j) {
    while (v[i] < p)
      ++i;
    while (p < v[j])
      --j;
    if (i <= j) {
      std::swap(v[i], v[j]);
      ++i;
      --j;
    }
  }
  quick(v, l, j);
  quick(v, i, r);
}
template <class T> struct node {
  T value;
  std::unique_ptr<node> l, r;
};
template <class T> void insert(std::unique_ptr<node<T>>& n, const T& v) {
  if (!n)
    n.reset(new node<T>{v, nullptr, nullptr});
  else if (v < n->value)
    insert(n->l, v);
  else
    insert(n->r, v);
}
template <class T, class F> void walk(const std::unique_ptr<node<T>>& n, F& f) {
  if (!n)
    return;
  walk(n->l, f);
  f(n->value);
  walk(n->r, f);
}
template <class T> bool throws(T f) {
  try {
    f();
    return false;
  } catch (const std::runtime_error& e) {
    std::puts(e.what());
    return true;
  } catch (...) {
    return true;
  }
}
template <int N> struct fact {
  static int get() { return N * fact<N - 1>::get(); }
};
template <> struct fact<0> {
  static int get() { return 1; }
};
template <class T> T clamp_(T v, T lo, T hi) { return v < lo ? lo : v > hi ? hi : v; }
template <class T> T gcd_(T a, T b) {
  while (b != 0) {
    T t = a % b;
    a = b;
    b = t;
  }
  return a;
}
template <template <class...> class C, class T> int count(const C<T>& c) {
  int n = 0;
  for (auto& x : c) {
    (void)x;
    ++n;
  }
  return n;
}
template <class It> auto total(It b, It e) {
  typename std::iterator_traits<It>::value_type s{};
  for (; b != e; ++b)
    s += *b;
  return s;
}
template <class T> const T& max_(const T& a, const T& b) { return a < b ? b : a; }
template <class T> std::string show(const T& t) { return std::to_string(t); }
template <class T> std::string show(const std::vector<T>& v) {
  std::string s = "[";
  for (auto& x : v)
    s += show(x) + ",";
  return s + "]";
}
int main() {
  box<int> b{1};
  b.set(2);
  b.twice();
  std::printf("%d\n", b.get());
  box<double> d{1.5};
  d.twice();
  std::printf("%f\n", d.get());
  int q = 4;
  box<int*> p{&q};
  std::printf("%d\n", p.get());
  derived e;
  e.run(5);
  std::printf("%d\n", e.sum);
  matrix<int> m(2, 2);
  m(0, 0) = 1;
  m(0, 1) = 2;
  m(1, 0) = 3;
  m(1, 1) = 4;
  auto k = (m * m).map([](int x) { return x * 0.5; });
  std::printf("%f %f\n", k(0, 0), k(1, 1));
  cache<int, std::string> c;
  std::printf("%s", c.get(3, [](int n) { return std::string(n, 'x'); }).c_str());
  std::printf("%s %d\n", c.get(3, [](int n) { return std::string(n, 'y'); }).c_str(),
              c.misses);
  tuple_<int, double, char> t(1, 2.0, 'c');
  std::printf("%d\n", t.size());
  std::vector<std::string> v{"d", "a", "c", "b"};
  quick(v, 0, 3);
  for (auto& s : v)
    std::printf("%s", s.c_str());
  std::puts("");
  std::unique_ptr<node<int>> root;
  for (int i : {5, 2, 8, 1})
    insert(root, i);
  auto print = [](int i) { std::printf("%d ", i); };
  walk(root, print);
  std::puts("");
  std::printf("%d\n", throws([] { throw std::runtime_error("thrown"); }));
  std::printf("%d %d %d\n", fact<5>::get(), clamp_(5, 1, 3), gcd_(12, 18));
  std::printf("%d %d\n", count(std::vector<int>{1, 2}), total(v.begin(), v.end()).size() == 4);
  std::printf("%d %s\n", max_(3, 4), show(std::vector<std::vector<int>>{{1, 2}, {3}}).c_str());
}
