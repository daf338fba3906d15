// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Overloads that tell an lvalue from an rvalue, const from not const, or a type from
// what it converts to: the ones that the plain program chooses, which is the oracle.

// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: %clangxx -w -std=c++17 -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o weft.cpp -- %clangxx -std=c++17 -I%runtime
// RUN: %clangxx -w -std=c++17 -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -I%runtime weft.cpp %libweft -o weft
// RUN: ./weft > traced && diff expected traced
// RUN: %gxx -w -std=c++20 -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o gxx.cpp -- %gxx -std=c++20 -I%runtime && %gxx -w -std=c++20 -O2 -I%runtime gxx.cpp %libweft -pthread -o gxx
// RUN: ./gxx > traced && diff expected traced

#ifdef PLAIN
static void yield() {}
static int cede(int n) { return n; }
#else
#include <weft/fiber.h>
using weft::this_fiber::yield;
[[weft::fiber]] static int cede(int n) { yield(); return n; }
#endif
#include <cstdio>
#include <iostream>
#include <string>
#include <type_traits>
#include <vector>
namespace arguments {
#define SAY(x) std::printf(#x ": %s\n", x)
template <class T> static const char* cat(T&&) { return std::is_lvalue_reference_v<T> ? "lvalue" : std::is_const_v<T> ? "const" : "rvalue"; }
template <class U, class T> static const char* cat2(U, T&&) { return std::is_lvalue_reference_v<T> ? "lvalue" : std::is_const_v<T> ? "const" : "rvalue"; }
static const char* f(int&) { return "int&"; } static const char* f(long) { return "long"; }
static const char* g(int&, int) { return "int&,int"; } static const char* g(int, long) { return "int,long"; }
struct Made { const char* by; Made(int&) : by("int&") {} Made(long) : by("long") {} };
struct Sum { int v; const char* operator+(int&) const { return "int&"; } const char* operator+(long) const { return "long"; } const char* operator()(int&) const { return "()int&"; } const char* operator()(long) const { return "()long"; } const char* operator[](int&) const { return "[]int&"; } const char* operator[](long) const { return "[]long"; } const char* m(int&) const { return "m int&"; } const char* m(long) const { return "m long"; } };
static const char* operator-(Sum, int&) { return "-int&"; } static const char* operator-(Sum, long) { return "-long"; }
[[weft::fiber]] static const char* ff(int&) { yield(); return "ff int&"; } [[weft::fiber]] static const char* ff(long) { yield(); return "ff long"; }
[[weft::fiber]] static const char* fs(std::string&) { yield(); return "fs&"; }
static int count; static int next() { return ++count; }
[[maybe_unused]] static const char* two(int&, int) { return "int&,int"; } [[maybe_unused]] static const char* two(long, int) { return "long,int"; }
struct Y { operator int() const { return 1; } };
template <class T, std::enable_if_t<std::is_integral_v<T>, int> = 0> static const char* k(T, int) { return "template"; }
static const char* k(long, long) { return "long"; }
static const char* kk(long, long) { return "long"; } template <class T> static const char* kk(T, int) { return "template"; }
template <class T> struct box { const char* w; box(T&&) : w("&&") {} box(T&) : w("&") {} };
template <class T> [[weft::fiber]] static void tmpl(T t) {
  SAY(cat2(t, cede(1)));
  SAY(cat(cede(1)));
  SAY(f(cede(1)));
  SAY(t + cede(1));
  SAY(t - cede(1));
  SAY(t(cede(1)));
  SAY(t[cede(1)]);
  SAY(t.m(cede(1)));
  SAY(cat2(t, t.v && cede(1)));
  SAY(cat2(t, t.v ? cede(1) : 2));
  SAY(cat2(t, (t.v, cede(1))));
  T u{cede(1)}; SAY(u.m(cede(u.v)));
}
template <class M> [[weft::fiber]] static void make() { M m(cede(1)); SAY(m.by); M n{cede(1)}; SAY(n.by); M o = M(cede(1)); SAY(o.by); SAY(M(cede(1)).by); SAY(M{cede(1)}.by); M* p = new M(cede(1)); SAY(p->by); delete p; }
[[weft::fiber]] void run() {
  int a = 1;
  SAY(f(cede(1))); SAY(f((cede(1)))); SAY(f((a, cede(1)))); SAY(f(a ? cede(1) : 2)); SAY(cat(a && cede(1))); SAY(cat((a, cede(1)))); SAY(cat(a || cede(0)));
  SAY(g(cede(1), 2)); SAY(g(cede(1), cede(2)));
  Made m(cede(1)); SAY(m.by); Made n = cede(1); SAY(n.by); Made o{cede(1)}; SAY(o.by); SAY(Made(cede(1)).by);
  Sum s{1};
  SAY(s + cede(1)); SAY(s(cede(1))); SAY(s[cede(1)]); SAY(s.m(cede(1))); SAY(s - cede(1));
  SAY(ff(cede(1))); SAY(ff(a));
  SAY(two(next(), cede(1) + next())); SAY(two(cede(1), cede(2)));
  SAY(k(Y(), next() + cede(1))); SAY(kk(Y(), cede(2L)));
  box b(cede(1)); SAY(b.w);
  auto lam = [](auto&& x) { return cat(static_cast<decltype(x)>(x)); }; SAY(lam(cede(1))); SAY(lam(a ? cede(1) : 3)); SAY(lam(a && cede(1)));
  tmpl(s); make<Made>();
  SAY(cat(true ? cede(1) : 0)); const char* (*pf)(long) = f; SAY(pf(cede(1)));
  int&& r = a ? cede(1) : 2; SAY(cat(std::move(r)));
  auto&& q = (a, cede(1)); SAY(cat(static_cast<int&&>(q)));
}
} // namespace arguments
namespace conversions {
struct X { int v; [[weft::fiber]] operator int() { yield(); return v; } };
struct Z { int v; operator int() const { return v; } };
static const char* f(long) { return "long"; } static const char* f(int, int) { return "int,int"; } static const char* f(const char*) { return "char"; }
static const char* g(const std::string&, long) { return "string,long"; } static const char* g(const char*, const char*) { return "chars"; }
static const char* fp0() { return "fp"; }
using fn = const char* (*)();
[[weft::fiber]] static fn getfp() { yield(); return fp0; }
static const char* call(fn&& f) { return f(); } static const char* call(fn& f) { return "lvalue"; } static const char* callv(fn f) { return f(); } static const char* callv(fn& f) { return "lv"; }
[[weft::fiber]] static int* ptr(int* p) { yield(); return p; }
static const char* p(int*&) { return "int*&"; } static const char* p(const int*) { return "const int*"; }
[[weft::fiber]] static std::string up(std::string s) { yield(); return s + "!"; }
[[weft::fiber]] static std::string ups(const std::string& s, int n) { yield(); return s + std::to_string(n); }
struct V { std::vector<int> v; explicit V(std::size_t n) : v(n) {} V(int& n) : v(7) { (void)n; } };
static int n; static int next() { return ++n; }
static const char* cv(int&) { return "int&"; } static const char* cv(const int&) { return "const int&"; }
[[weft::fiber]] static const int& kref(const int& x) { yield(); return x; }
enum class Co { a, b }; [[weft::fiber]] static Co co() { yield(); return Co::b; } static const char* e(Co&) { return "Co&"; } static const char* e(Co) { return "Co"; }
[[weft::fiber]] static std::nullptr_t np() { yield(); return nullptr; } static const char* nn(std::nullptr_t&&) { return "np&&"; } static const char* nn(std::nullptr_t&) { return "np&"; }
template <class T> struct Box { const char* w; Box(T&) : w("&") {} Box(const T&) : w("c&") {} Box(T&&) : w("&&") {} };
[[weft::fiber]] void run() {
  X x{1}; Z z{2};
  std::printf("%s ", f(x)); std::printf("%s ", f(cede(1), x)); std::printf("%s ", f(z)); std::printf("%s ", f(z, cede(1) + next()));
  std::printf("%d %d %ld ", x + 1, x + x, 2L * x); std::printf("%s ", g("a", cede(1) + next()));
  std::printf("%s %s ", call(getfp()), callv(getfp()));
  int i = 3; std::printf("%s %d ", p(ptr(&i)), *ptr(&i));
  std::cout << cede(5) << up("x") << ups("y", cede(2)) << std::to_string(cede(4)) << ' ';
  V v(cede(2)); std::printf("%zu ", v.v.size());
  std::printf("%s %s ", cv(i ? kref(i) : i), cv(kref(i))); std::printf("%s ", cv(i ? cede(1) : i));
  std::printf("%s ", e(co())); std::printf("%s ", nn(np()));
  Box b(cede(1)); std::printf("%s ", b.w); std::printf("%s ", Box(cede(1)).w); Box<int> c = Box<int>(cede(2)); std::printf("%s ", c.w);
  auto&& q = (i, cede(8)); cede(1); cede(9); std::printf("%d ", q); 
  const int& r = i ? cede(6) : 2; cede(1); cede(11); std::printf("%d ", r);
  bool&& t = i && cede(1); cede(0); std::printf("%d ", t); std::cout << std::flush;
  std::printf("%d\n", cede(1) < cede(2) ? next() : cede(3));
}
} // namespace conversions
namespace results {
template <class T> static const char* cat(T&&) { return std::is_lvalue_reference_v<T> ? "lvalue" : std::is_const_v<T> ? "const" : "rvalue"; }
static const char* ov(int&) { return "int&"; } static const char* ov(int&&) { return "int&&"; }
static const char* ovs(std::string&) { return "s&"; } static const char* ovs(std::string&&) { return "s&&"; } static const char* ovs(const std::string&) { return "cs&"; }
[[weft::fiber]] static std::string str() { yield(); return "s"; }
[[weft::fiber]] static const std::string cstr() { yield(); return "s"; }
[[weft::fiber]] static int& lref(int& a) { yield(); return a; }
[[weft::fiber]] static int&& rref(int& a) { yield(); return static_cast<int&&>(a); }
struct S { int v; const char* f() & { return "f&"; } const char* f() && { return "f&&"; } const char* f() const& { return "fc&"; } };
[[weft::fiber]] static S s() { yield(); return {1}; }
[[weft::fiber]] static const S cs() { yield(); return {1}; }
enum E { e }; static const char* en(E) { return "E"; } static const char* en(int) { return "int"; }
[[weft::fiber]] static E ee() { yield(); return e; }
[[weft::fiber]] static int* np() { yield(); return nullptr; }
template <class T> [[weft::fiber]] static const char* tcat(T t) { return cat(cede(t)); }
struct C { template <class T> C(T&&) : w(std::is_lvalue_reference_v<T> ? "Cl" : "Cr") {} const char* w; };
[[weft::fiber]] void run() {
  int a = 1;
  std::printf("%s ", cat(cede(1))); std::printf("%s ", ov(cede(1))); std::printf("%s ", cat(cede(1) + cede(2))); std::printf("%s ", ovs(str())); std::printf("%s ", ovs(cstr())); std::printf("%s ", cat(cstr()));
  std::printf("%s ", cat(lref(a))); std::printf("%s ", cat(rref(a))); std::printf("%s ", ov(lref(a))); std::printf("%s ", ov(rref(a)));
  std::printf("%s ", s().f()); std::printf("%s ", cs().f()); std::printf("%s ", en(ee())); std::printf("%s ", cat(ee())); std::printf("%s ", cat(np())); std::printf("%s ", tcat(3)); std::printf("%s ", C(cede(1)).w); C c = cede(2); std::printf("%s ", c.w); C d{cede(1)}; std::printf("%s ", d.w);
  std::printf("%s ", cat(s().v)); std::printf("%s ", cat((cede(1), a))); std::printf("%s ", cat(a ? cede(1) : 2)); std::printf("%s ", cat(a ? lref(a) : a)); std::printf("%s ", cat(a = cede(4))); std::printf("%s\n", cat(-cede(4)));
}
} // namespace results
[[weft::fiber]] int main() {
  arguments::run();
  conversions::run();
  results::run();
}
