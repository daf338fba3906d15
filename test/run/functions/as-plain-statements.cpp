// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Statements and declarations of all kinds, and names that are looked up. The plain
// program is the oracle.

// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: %clangxx -w -std=c++17 -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o weft.cpp -- %clangxx -std=c++17 -I%runtime
// RUN: %clangxx -w -std=c++17 -iquote %S -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -I%runtime weft.cpp %libweft -o weft
// RUN: ./weft > traced && diff expected traced
// RUN: %weft %s -o gxx.cpp -- %gxx -std=c++17 -I%runtime && %gxx -w -std=c++17 -iquote %S -O2 -I%runtime gxx.cpp %libweft -pthread -o gxx && ./gxx

#include "Inputs/as-plain.h"
enum class E { a, b, c };
union U {
  int i;
  float f;
  char c[4];
};
namespace ns {
struct A {
  int v;
};
int adl(A a) { return a.v; }
void swap(A& x, A& y) {
  std::printf("ns::swap ");
  std::swap(x.v, y.v);
}
} // namespace ns
struct Base {
  virtual ~Base() {}
  [[weft::fiber]] virtual int f(int n = 1) {
    yield();
    return n;
  }
};
struct Der : Base {
  [[weft::fiber]] int f(int n = 2) override {
    yield();
    return 10 * n;
  }
};
template <class... T> [[weft::fiber]] int sum(T... t) {
  yield();
  int r = 0;
  ((r += t), ...);
  yield();
  return r;
}
template <class T, int N> [[weft::fiber]] int arr(const T (&a)[N]) {
  int s = 0;
  for (auto& x : a) {
    s += x;
    yield();
  }
  return s * N;
}
[[weft::fiber]] int sw(E e) {
  switch (e) {
  case E::a:
    yield();
    [[fallthrough]];
  case E::b: {
    int k = cede(2);
    return k;
  }
  default:
    break;
  }
  return -1;
}
[[weft::fiber]] int lbl(int n) {
  int i = 0;
again:
  ++i;
  yield();
  if (i < n)
    goto again;
  return i;
}
[[weft::fiber]] std::string strs() {
  std::string s = "a";
  s += cede(1) ? "b" : "c";
  s = s + std::to_string(cede(4)) + s;
  char buf[8] = "xy";
  yield();
  s += buf;
  const char* p = "lit";
  yield();
  return s + p;
}
[[weft::fiber]] int lam() {
  int x = 1;
  auto inc = [&x](int d) {
    x += d;
    return x;
  };
  yield();
  inc(2);
  auto gen = [i = 0, &x]() mutable {
    cede();
    return ++i + x;
  };
  int a = gen(), b = gen();
  auto rec = [&](auto&& self, int n) -> int {
    cede();
    return n <= 1 ? 1 : n * self(self, n - 1);
  };
  int c = rec(rec, 5);
  auto copy = gen;
  int d = copy(), e = gen();
  return a + 10 * b + 100 * c + 100000 * d + 1000000 * e;
}
[[weft::fiber]] void vol() {
  volatile int v = 1;
  yield();
  v = v + cede(2);
  std::printf("%d ", v);
  alignas(64) char a[64];
  yield();
  std::printf("%d ", int(reinterpret_cast<unsigned long>(a) % 64));
}
[[weft::fiber]] void adl() {
  ns::A a{1}, b{2};
  yield();
  swap(a, b);
  std::printf("%d%d ", adl(a), a.v);
  using std::swap;
  int x = 1, y = 2;
  yield();
  swap(x, y);
  std::printf("%d%d ", x, y);
}
[[weft::fiber]] void maps() {
  std::map<std::string, int> m;
  m["a"] = cede(1);
  m["b"] += cede(2);
  m[std::to_string(cede(3))] = m.size();
  yield();
  for (auto& [k, v] : m) {
    yield();
    v *= 2;
    std::printf("%s=%d ", k.c_str(), v);
  }
  auto it = m.find("a");
  yield();
  if (it != m.end())
    std::printf("%d ", it->second);
  if (auto [i, ok] = m.emplace("z", cede(9)); ok) {
    yield();
    std::printf("%s ", i->first.c_str());
  }
}
[[weft::fiber]] void ptrs() {
  int a[3] = {1, 2, 3};
  int* p = a;
  *p++ = cede(5);
  *p++ += cede(6);
  int&& r = cede(7);
  r++;
  const int& c = cede(8);
  yield();
  std::printf("%d%d%d %d %d ", a[0], a[1], int(p - a), r, c);
  int i = 0;
  a[i++] = i + cede(0);
  std::printf("%d%d ", a[0], i);
  i = i++ + cede(1);
  std::printf("%d ", i);
}
[[weft::fiber]] void newd() {
  M* m = new M("n" + std::to_string(cede(1)));
  yield();
  delete m;
  auto* v = new M[cede(2)]{M("x"), M("y")};
  yield();
  delete[] v;
  std::unique_ptr<M> u(new M("u"));
  yield();
  u.reset();
  alignas(M) char buf[sizeof(M)];
  M* q = new (buf) M(std::to_string(cede(3)));
  yield();
  q->~M();
}
[[weft::fiber]] void exc() {
  try {
    M a("ea");
    yield();
    try {
      M b("eb");
      cede();
      throw std::string("s");
    } catch (int) {
      std::printf("int ");
    } catch (const std::string& s) {
      yield();
      std::printf("%s ", s.c_str());
      throw;
    }
  } catch (std::string& s) {
    s += "!";
    yield();
    std::printf("%s ", s.c_str());
  } catch (...) {
  }
}
struct Loc {
  int v;
};
[[weft::fiber]] int local() {
  struct L {
    int a;
    int get() const { return a * 2; }
  };
  L l{cede(3)};
  enum { k = 4 };
  constexpr int z = 5;
  static int calls = 0;
  ++calls;
  int arr[z] = {1};
  yield();
  return l.get() + k + z + calls + arr[0] + int(sizeof arr);
}
[[weft::fiber]] int main() {
  Base* b = new Der;
  std::printf("%d %d\n", b->f(), static_cast<Der*>(b)->f());
  delete b;
  int a[] = {1, 2, 3};
  std::printf("%d %d %d %d %d\n", sum(1, 2, 3), arr(a), sw(E::a), sw(E::c), lbl(3));
  std::printf("%s %d\n", strs().c_str(), lam());
  vol();
  adl();
  maps();
  ptrs();
  std::puts("");
  newd();
  exc();
  std::printf("%d %d\n", local(), local());
  U u;
  u.i = cede(0x3f800000);
  yield();
  std::printf("%g %d\n", u.f, u.c[3]);
}
