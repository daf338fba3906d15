// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Class templates with operators and conversions, default arguments, conditionals,
// temporaries, aggregates, orders of evaluation. The plain program is the oracle.

// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: %clangxx -w -std=c++17 -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o weft.cpp -- %clangxx -std=c++17 -I%runtime
// RUN: %clangxx -w -std=c++17 -iquote %S -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -I%runtime weft.cpp %libweft -o weft
// RUN: ./weft > traced && diff expected traced
// RUN: %weft %s -o gxx.cpp -- %gxx -std=c++17 -I%runtime && %gxx -w -std=c++17 -iquote %S -O2 -I%runtime gxx.cpp %libweft -pthread -o gxx && ./gxx

#include "Inputs/as-plain.h"
template <class T> struct Box {
  T v;
  [[weft::fiber]] T get() {
    yield();
    return v;
  }
  [[weft::fiber]] T& ref() {
    yield();
    return v;
  }
  template <class F> [[weft::fiber]] Box<std::string> map(F f) {
    yield();
    return {f(v)};
  }
  [[weft::fiber]] operator T() {
    yield();
    return v;
  }
  [[weft::fiber]] Box operator+(const Box& o) {
    yield();
    return {T(v + o.v)};
  }
  [[weft::fiber]] Box& operator+=(const Box& o) {
    v = v + cede(0) + o.v;
    return *this;
  }
  [[weft::fiber]] T operator[](int i) {
    yield();
    return v + i;
  }
  [[weft::fiber]] T operator()(T a, T b = 3) {
    yield();
    return v + a * b;
  }
  [[weft::fiber]] Box& operator++() {
    yield();
    ++v;
    return *this;
  }
  [[weft::fiber]] Box operator++(int) {
    Box old = *this;
    yield();
    ++v;
    return old;
  }
};
[[weft::fiber]] int def(int a = 1, const std::string& s = "default") {
  yield();
  return a + int(s.size());
}
[[weft::fiber]] M mk(const char* n) {
  yield();
  return M(n);
}
[[weft::fiber]] const M& pick(const M& a, const M& b, bool f) {
  yield();
  return f ? a : b;
}
[[weft::fiber]] std::string join(std::initializer_list<int> l) {
  std::string s;
  for (int i : l) {
    yield();
    s += std::to_string(i);
  }
  return s;
}
[[weft::fiber]] int prec(int a) {
  return cede(a) + cede(2) * cede(3) - (cede(4) << cede(1)) / cede(2) % cede(3);
}
[[weft::fiber]] bool logic(int a) {
  return (cede(a) > 1 && cede(a) < 5) || (cede(a) == 7 ? cede(1) : cede(0)) || !cede(1);
}
[[weft::fiber]] void tern(bool c) {
  const M& r = c ? mk("t1") : mk("t2");
  yield();
  std::printf("%s ", r.n.c_str());
  M v = c ? mk("t3") : M("t4");
  yield();
  std::printf("%s ", v.n.c_str());
  (c ? v : const_cast<M&>(r)) = mk("t5");
}
[[weft::fiber]] void temps() {
  std::printf("[%zu] ", mk("tmp").n.size());
  if (mk("cond").n == "cond") {
    yield();
    std::printf("in ");
  }
  while (mk("w").n.size() > 5) {
  }
  for (M m = mk("init"); m.n.size() < 6; m.n += cede(1) ? "x" : "y")
    yield();
  switch (M m = mk("sw"); cede(1)) {
  case 1:
    yield();
    std::printf("one ");
    break;
  }
  do {
    M m = mk("do");
    yield();
    if (cede(1))
      continue;
  } while (cede(0));
}
struct Agg {
  int a;
  M m;
  int b = 9;
};
struct Ref {
  const M& r;
  int k;
};
[[weft::fiber]] void aggs() {
  Agg g{cede(1), mk("agg")};
  yield();
  std::printf("%d%d ", g.a, g.b);
  Agg arr[2] = {{cede(2), mk("ar0"), cede(3)}, {4, M("ar1")}};
  yield();
  std::printf("%d%d ", arr[0].b, arr[1].b);
  auto [x, y, z] = Agg{cede(5), mk("sb")};
  yield();
  std::printf("%d%s%d ", x, y.n.c_str(), z);
  std::array<M, 2> sa{mk("s0"), mk("s1")};
  yield();
}
[[weft::fiber]] void order() {
  std::string s;
  auto say = [&](const char* c) {
    s += c;
    return cede(1);
  };
  int i = say("a") + say("b");
  int a[3] = {say("c"), say("d"), say("e")};
  std::vector<int> v{say("f"), say("g")};
  s += ".";
  (void)(say("h"), say("i"));
  a[say("j")] = say("k");
  std::printf("%s %d%d ", s.c_str(), i, a[1]);
}
template <class T, class... A> [[weft::fiber]] T build(A&&... a) {
  yield();
  T t(std::forward<A>(a)...);
  yield();
  return t;
}
template <class T> [[weft::fiber]] void spec(T&& t) {
  using D = std::decay_t<T>;
  yield();
  if constexpr (std::is_same_v<D, int>) {
    std::printf("int%d ", (t));
  } else {
    D c = t;
    yield();
    std::printf("other ");
  }
}
[[weft::fiber]] int main() {
  Box<int> b{2};
  std::printf("%d %d %d %d %d %d ", b.get(), b[3], b(1), b(1, 2), (b + Box<int>{3}).v,
              int(b));
  b.ref() = 8;
  b += Box<int>{1};
  ++b;
  Box<int> o = b++;
  std::printf("%d %d %s\n", o.v, b.v,
              b.map([](int x) { return std::to_string(x); }).v.c_str());
  std::printf("%d %d %d %s %d %d%d%d\n", def(), def(2), def(3, "x"), "123", prec(5),
              logic(2), logic(7), logic(9));
  tern(true);
  std::puts("");
  tern(false);
  std::puts("");
  temps();
  std::puts("");
  aggs();
  std::puts("");
  order();
  std::puts("");
  {
    M x("x"), y("y");
    const M& p = pick(x, y, false);
    std::printf("%s ", p.n.c_str());
    std::printf("%s\n", pick(mk("p1"), M("p2"), true).n.c_str());
  }
  {
    build<M>("built");
    build<std::pair<M, int>>(M("first"), 1);
    std::puts("");
  }
  spec(1);
  M m("spec");
  spec(m);
  spec(M("rv"));
  std::printf("%d\n", 8);
}
