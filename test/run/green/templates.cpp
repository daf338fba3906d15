// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Templates without an annotation are green, too: functions, members of classes, and
// what only the instantiations say they call. Those with explicit specialisations and
// calls where nothing can suspend are left as they are.

// ORACLE: plain
// TOOL: --green-all
// RUN: %check %s %t

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>
// Virtual only where its base is known.
struct counter {
  virtual int next() { return ++n; }
  virtual int twice() { return next() + next(); }
  virtual ~counter() = default;
  int n = 0;
};
template <class Base> struct doubling : Base {
  int next() { return 2 * Base::next(); }
  int twice() { return this->plain() + Base::twice(); }
  int plain() { return 1; }
};
template <class T> T power(T base, unsigned n) {
  T r = 1;
  while (n--)
    r = r * base;
  return r;
}
template <class T, class F> void each(const std::vector<T>& v, F f) {
  for (const auto& x : v)
    f(x);
}
template <class T> struct stack {
  std::vector<T> items;
  void push(const T& t) {
    items.push_back(t);
  }
  T pop() {
    if (items.empty())
      throw std::runtime_error("empty");
    T t = items.back();
    items.pop_back();
    return t;
  }
  template <class U> U sum(U start) const {
    for (const auto& i : items)
      start += i;
    return start;
  }
  static stack of(std::initializer_list<T> l) {
    stack s;
    for (auto& i : l)
      s.push(i);
    return s;
  }
  typename std::vector<T>::const_iterator find(const T& t) const {
    return std::find(items.begin(), items.end(), t);
  }
};
template <class T> std::enable_if_t<std::is_integral<T>::value, const char*> kind(T) {
  return "integral";
}
template <class T> std::enable_if_t<!std::is_integral<T>::value, const char*> kind(T) {
  return "other";
}
template <class T> auto twice(T t) {
  return t + t;
}
template <class... A> int count(A... a) {
  int n = 0;
  (void)std::initializer_list<int>{(n += a, 0)...};
  return n;
}
template <class... A> int fold(A... a) {
  return (power(a, 2) + ...);
}
template <class T> struct traits {
  static T zero() {
    return T();
  }
};
template <> struct traits<int> {
  static int zero() {
    return -1;
  }
};
template <class T> T special(T t) {
  return t;
}
template <> int special(int t) {
  return t + 100;
}
template <class T, int N> T average(const T (&a)[N]) {
  T s{};
  for (int i = 0; i < N; ++i)
    s += a[i];
  return s / N;
}
template <class T> class list {
  struct node {
    T value;
    node* next;
  };
  node* head = nullptr;

public:
  ~list() {
    while (head) {
      node* n = head->next;
      delete head;
      head = n;
    }
  }
  void add(T v) {
    head = new node{std::move(v), head};
  }
  node* first();
  template <class F> F for_each(F f) const {
    for (node* n = head; n; n = n->next)
      f(n->value);
    return f;
  }
  friend bool same(const list& a, const list& b) {
    node* x = a.head;
    node* y = b.head;
    while (x && y) {
      if (!(x->value == y->value))
        return false;
      x = x->next;
      y = y->next;
    }
    return !x && !y;
  }
};
template <class T> typename list<T>::node* list<T>::first() {
  return head;
}
static int calls = 0;
template <class T> T fib(T n) {
  ++calls;
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
int main() {
  std::printf("%d %f\n", power(3, 4), power(1.5, 3));
  each(std::vector<int>{1, 2, 3}, [](int x) { std::printf("%d\n", power(x, 2)); });
  auto s = stack<int>::of({1, 2, 3});
  std::printf("%ld\n", s.sum(0L));
  std::printf("%d\n", s.pop());
  std::printf("%d\n", *s.find(2));
  try {
    stack<std::string> e;
    e.pop();
  } catch (const std::exception& x) {
    std::puts(x.what());
  }
  std::puts(kind(1));
  std::puts(kind(1.0));
  std::printf("%d %s\n", twice(4), twice(std::string("ab")).c_str());
  std::printf("%d %d\n", count(1, 2, 3), fold(1, 2, 3));
  std::printf("%d %f %d %f\n", traits<int>::zero(), traits<double>::zero(), special(1),
              special(2.0));
  int a[] = {1, 2, 6};
  std::printf("%d\n", average(a));
  list<std::string> l, m;
  l.add("x");
  m.add("x");
  l.add("y");
  std::printf("%d %s\n", same(l, m), l.first()->value.c_str());
  l.for_each([](const std::string& t) { std::puts(t.c_str()); });
  std::printf("%d\n", fib(10));
  std::printf("%d\n", calls);
  doubling<counter> d;
  counter& base = d;
  std::printf("%d\n", base.next());
  std::printf("%d\n", base.twice());
  std::printf("%d\n", d.plain());
}
