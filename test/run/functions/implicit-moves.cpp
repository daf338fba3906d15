// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `return x` and `throw x` move from, and what they copy, with either compiler and
// standard: GCC follows the rules of C++17 there. What a lambda has captured stays as
// it is. The plain program is the oracle.

// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: %gxx -std=c++17 -w -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o g17.cpp -- %gxx -std=c++17 -I%runtime
// RUN: %gxx -std=c++17 -Wall -Wextra -Werror -I%runtime g17.cpp %libweft -pthread -o g17
// RUN: ./g17 > traced && diff expected traced
// RUN: %gxx -std=c++20 -w -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o g20.cpp -- %gxx -std=c++20 -I%runtime
// RUN: %gxx -std=c++20 -Wall -Wextra -Werror -I%runtime g20.cpp %libweft -pthread -o g20
// RUN: ./g20 > traced && diff expected traced
// RUN: %gxx -std=c++23 -w -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o g23.cpp -- %gxx -std=c++23 -I%runtime
// RUN: %gxx -std=c++23 -Wall -Wextra -Werror -I%runtime g23.cpp %libweft -pthread -o g23
// RUN: ./g23 > traced && diff expected traced
// RUN: %clangxx -std=c++17 -w -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o c17.cpp -- %clangxx -std=c++17 -I%runtime
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -I%runtime c17.cpp %libweft -pthread -o c17
// RUN: ./c17 > traced && diff expected traced
// RUN: %clangxx -std=c++20 -w -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o c20.cpp -- %clangxx -std=c++20 -I%runtime
// RUN: %clangxx -std=c++20 -Wall -Wextra -Werror -I%runtime c20.cpp %libweft -pthread -o c20
// RUN: ./c20 > traced && diff expected traced
// RUN: %clangxx -std=c++23 -w -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o c23.cpp -- %clangxx -std=c++23 -I%runtime
// RUN: %clangxx -std=c++23 -Wall -Wextra -Werror -I%runtime c23.cpp %libweft -pthread -o c23
// RUN: ./c23 > traced && diff expected traced

#ifdef PLAIN
static void yield() {}
#else
#include <weft/fiber.h>
using weft::this_fiber::yield;
#endif
#include <cstdio>
#include <utility>
struct M { M() {} M(M&&) { std::printf("move "); } M(const M&) { std::printf("copy "); } ~M() { std::printf("~ "); } };
struct B { B(M&&) { std::printf("from-rvalue "); } B(const M&) { std::printf("from-lvalue "); } };
[[weft::fiber]] static M local() { M m; yield(); return m; }
[[weft::fiber]] static M param(M m) { yield(); return m; }
[[weft::fiber]] static M rref(M&& m) { yield(); return m; }
[[weft::fiber]] static B conv(M m) { yield(); return m; }
[[weft::fiber]] static B convref(M&& m) { yield(); return m; }
[[weft::fiber]] static M paren(M m) { yield(); return (m); }
[[weft::fiber]] static void thrower(M m) { yield(); throw m; }
[[weft::fiber]] static void throwref(M&& m) { yield(); throw m; }
[[weft::fiber]] static void thrownlocal() { M m; yield(); throw m; }
[[weft::fiber]] static decltype(auto) fwd(M&& m) { yield(); return static_cast<M&&>(m); }
struct C {
  C() {}
  C(const C&) {}
  operator B() && { return B(M()); }
  operator B() const& { M m; return B(static_cast<const M&>(m)); }
};
struct D : M {};
[[weft::fiber]] static M slice(D d) { yield(); return d; }
[[weft::fiber]] static void inside_try() {
  M outer;
  try {
    M inner;
    yield();
    try {
      throw inner;
    } catch (const M&) {
      yield();
      throw inner;
    }
  } catch (const M&) {
    std::printf("inner ");
  }
  try {
    yield();
    throw outer;
  } catch (const M&) {
    std::printf("outer ");
  }
}
template <class T> [[weft::fiber]] static void generic_throw(T m) {
  yield();
  try {
    yield();
    throw m;
  } catch (const M&) {
    std::printf("within ");
  }
  throw m;
}
[[weft::fiber]] static void captures() {
  M m, n, o;
  M& r = o;
  auto by_reference = [&] { yield(); return m; };
  auto by_value = [n]() mutable { yield(); return n; };
  auto of_own = [p = M()]() mutable { yield(); return p; };
  auto through = [&] { yield(); return r; };
  auto thrown = [&] { yield(); throw m; };
  auto given = [](auto x) { yield(); return x; };
  auto forwarded = [](auto&& x) { yield(); return x; };
  std::printf("| ");
  by_reference();
  by_value();
  of_own();
  through();
  given(M());
  given(m);
  forwarded(M());
  forwarded(m);
  try {
    thrown();
  } catch (const M&) {
  }
}
[[weft::fiber]] static B conversion(C c) { yield(); return c; }
template <class T> [[weft::fiber]] static M generic_slice(T d) { yield(); return d; }
template <class T> [[weft::fiber]] static B generic_conversion(T c) { yield(); return c; }
template <class T> [[weft::fiber]] static void generic_thrown() { T d; yield(); throw d; }
template <class T> [[weft::fiber]] static M generic(T&& m) { yield(); return m; }
template <class T> [[weft::fiber]] static T generic_value(T m) { yield(); return m; }
[[weft::fiber]] int main() {
  { local(); std::puts("local"); }
  { param(M()); std::puts("param"); }
  { rref(M()); std::puts("rref"); }
  { conv(M()); std::puts("conv"); }
  { convref(M()); std::puts("convref"); }
  { paren(M()); std::puts("paren"); }
  try { thrower(M()); } catch (const M&) { std::puts("thrower"); }
  try { throwref(M()); } catch (const M&) { std::puts("throwref"); }
  try { thrownlocal(); } catch (const M&) { std::puts("thrownlocal"); }
  { M m; M n(fwd(std::move(m))); std::puts("fwd"); }
  { generic(M()); std::puts("generic"); }
  { M m; generic(m); std::puts("generic lvalue"); }
  { generic_value(M()); std::puts("generic value"); }
  { slice(D()); std::puts("slice"); }
  { generic_slice(D()); std::puts("generic slice"); }
  { conversion(C()); std::puts("conversion"); }
  { generic_conversion(C()); std::puts("generic conversion"); }
  try { generic_thrown<D>(); } catch (const M&) { std::puts("generic thrown"); }
  { inside_try(); std::puts("inside try"); }
  try { generic_throw(M()); } catch (const M&) { std::puts("generic throw"); }
  { captures(); std::puts("captures"); }
}
