// Frames of several linkages inside each other, and types of internal linkage in
// them, without warnings.
// RUN: %check %s %t

#include "trace.h"

#include <string>

[[weft::coroutine]] weft::generator<int> base(int n) { std::string s = "x"; for (int i = 0; i < n; ++i) weft::yield(i); weft::yield((int)s.size()); }
struct box {
  [[weft::coroutine]] weft::generator<int> twice() { for (int x : base(2)) weft::yield(2 * x); auto b = base(3); while (b.next()) weft::yield(b.value()); }
  [[weft::coroutine]] weft::generator<int> out();
};
weft::generator<int> box::out() { for (int x : base(2)) weft::yield(3 * x); }
template <class T> [[weft::coroutine]] weft::generator<T> gen(T n) { for (int x : base(2)) weft::yield(n + x); }
[[weft::coroutine]] inline weft::generator<int> inl() { for (int x : base(2)) weft::yield(x); for (int x : gen(5)) weft::yield(x); }
namespace { 
struct helper {
  int n;
  ~helper() { std::printf("  - helper\n"); }
};
} // namespace
struct user { helper h; };
struct holder { [[weft::coroutine]] weft::generator<int> out() { helper h{3}; weft::yield(1); weft::yield(h.n); } };
template <class T> [[weft::coroutine]] weft::generator<int> tmpl(T t) { helper h{3}; weft::yield(t.h.n); weft::yield(h.n); }

template <class G> void print(G&& from) {
  while (from.next())
    std::printf("%d ", from.value());
  std::printf("\n");
}
int main() {
  box b;
  for (int x : b.twice())
    std::printf("%d ", x);
  for (int x : b.out())
    std::printf("%d ", x);
  for (int x : inl())
    std::printf("%d ", x);
  print(b.twice());
  print(inl());
  user u{{2}};
  holder h;
  for (int x : h.out())
    std::printf("%d\n", x);
  print(tmpl(u));
}
