// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Branches of `if constexpr` that suspend, and that other instantiations discard: their
// types are not there. The plain program is the oracle.

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
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>
struct T { const char* s; T(const char* s) : s(s) { std::printf("+%s ", s); } ~T() { std::printf("-%s ", s); } };
template <class X> [[weft::fiber]] static X id(X x) { yield(); return x; }
template <class X> [[weft::fiber]] static int through(X v) {
  if constexpr (std::is_pointer_v<X>) { yield(); auto inner = through(*v); cede(1); return inner + 1; }
  else if constexpr (std::is_same_v<X, std::string>) { typename X::size_type n = v.size(); yield(); auto c = id(v); cede(2); return static_cast<int>(n + c.size()); }
  else { X kept = v; yield(); return cede(kept); }
}
template <int N> [[weft::fiber]] static int loop(int x) { yield(); if constexpr (N > 0) return loop<N - 1>(x) + N; else return x; }
template <std::size_t I = 0, class Tuple> [[weft::fiber]] static void each(const Tuple& t) {
  if constexpr (I < std::tuple_size_v<Tuple>) { const auto& x = std::get<I>(t); yield(); std::printf("%zu=%d ", I, through(x)); each<I + 1>(t); }
}
template <class C> [[weft::fiber]] static std::size_t size_of(const C& c) { if constexpr (std::is_array_v<C>) { T t("arr"); yield(); return std::extent_v<C>; } else { auto it = c.begin(); T t("cont"); std::size_t n = 0; for (; it != c.end(); ++it) { yield(); ++n; } return n; } }
template <class X> [[weft::fiber]] static int get(const X& x) { if constexpr (std::is_class_v<X>) { typename X::value_type first = x.front(); yield(); decltype(x.size()) n = x.size(); auto l = [&](int k) { return k + static_cast<int>(n); }; cede(1); return l(first); } else { auto y = id(x); yield(); return static_cast<int>(y); } }
[[weft::fiber]] int main() {
  int i = 4, *p = &i, **pp = &p;
  std::printf("%d %d %d %d ", through(i), through(p), through(pp), through(std::string("str")));
  std::printf("%d ", loop<5>(2));
  each(std::make_tuple(1, std::string("xy"), 3)); int arr[3]; std::printf("%zu ", size_of(arr)); std::printf("%zu ", size_of(std::vector<int>{1, 2}));
  std::printf("%d %d\n", get(std::string("abc")), get(2.5));
}
