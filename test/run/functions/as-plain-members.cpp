// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What functions return: members, statics, elements, bindings, what lambdas have
// captured. The plain program is the oracle.

// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: %clangxx -w -std=c++17 -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o weft.cpp -- %clangxx -std=c++17 -I%runtime
// RUN: %clangxx -w -std=c++17 -iquote %S -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -I%runtime weft.cpp %libweft -o weft
// RUN: ./weft > traced && diff expected traced
// RUN: %weft %s -o gxx.cpp -- %gxx -std=c++17 -I%runtime && %gxx -w -std=c++17 -iquote %S -O2 -I%runtime gxx.cpp %libweft -pthread -o gxx && ./gxx

#include "Inputs/as-plain.h"
struct W {
  M m{"member"};
  int count = 0;
  [[weft::fiber]] auto by_this() {
    return [this] {
      cede();
      ++count;
      return m;
    }();
  }
  [[weft::fiber]] auto by_star() {
    auto f = [*this]() mutable {
      cede();
      ++count;
      return count;
    };
    return f() + f() * 10 + count * 100;
  }
  [[weft::fiber]] M& ref() {
    yield();
    return m;
  }
  [[weft::fiber]] M take() && {
    yield();
    return std::move(m);
  }
  [[weft::fiber]] const M& cref() const& {
    yield();
    return m;
  }
  int bits : 3;
  unsigned ubits : 5;
};
static M global("global");
[[weft::fiber]] M ret_global() {
  yield();
  return global;
}
[[weft::fiber]] M ret_static() {
  static M s("static");
  yield();
  return s;
}
[[weft::fiber]] M ret_member(W w) {
  yield();
  return w.m;
}
[[weft::fiber]] M ret_elem(std::vector<M> v) {
  yield();
  return v[0];
}
[[weft::fiber]] M ret_binding() {
  std::pair<M, int> p(M("b"), 1);
  auto& [a, b] = p;
  yield();
  return a;
}
[[weft::fiber]] M ret_binding_v() {
  auto [a, b] = std::pair<M, int>(M("bv"), 1);
  yield();
  return a;
}
[[weft::fiber]] M ret_cond(bool c) {
  M a("ca"), b("cb");
  yield();
  return c ? a : b;
}
[[weft::fiber]] M ret_comma() {
  M a("comma");
  yield();
  return 1, a;
}
[[weft::fiber]] M ret_deref(M* p) {
  yield();
  return *p;
}
[[weft::fiber]] std::unique_ptr<int> ret_up() {
  auto p = std::make_unique<int>(5);
  yield();
  return p;
}
[[weft::fiber]] std::optional<M> ret_opt() {
  M m("opt");
  yield();
  return m;
}
[[weft::fiber]] std::shared_ptr<const int> ret_conv() {
  auto p = std::make_unique<int>(7);
  yield();
  return p;
}
[[weft::fiber]] std::tuple<M, int> ret_tuple() {
  M m("tup");
  yield();
  return {m, 1};
}
[[weft::fiber]] std::function<int()> ret_fn(int n) {
  yield();
  return [n] { return n; };
}
[[weft::fiber]] M nested(int k) {
  M outer("outer" + std::to_string(k));
  auto f = [&]() {
    auto g = [&]() {
      cede();
      return outer;
    };
    M r = g();
    cede();
    return r;
  };
  M x = f();
  yield();
  return x;
}
[[weft::fiber]] int main() {
  W w;
  w.bits = 1;
  w.ubits = 3;
  {
    w.by_this();
    std::puts("this");
  }
  {
    std::printf("%d ", w.by_star());
    std::puts("star");
  }
  {
    M& r = w.ref();
    r.n = "changed";
    M c = w.cref();
    std::puts("refs");
  }
  {
    M t = W().take();
    std::puts("take");
  }
  {
    ret_global();
    std::puts("global");
  }
  {
    ret_static();
    std::puts("static");
  }
  {
    ret_member(w);
    std::puts("member");
  }
  {
    std::vector<M> v(1);
    ret_elem(v);
    std::puts("elem");
  }
  {
    ret_binding();
    std::puts("binding");
  }
  {
    ret_binding_v();
    std::puts("bindingv");
  }
  {
    ret_cond(true);
    std::puts("cond");
  }
  {
    ret_comma();
    std::puts("comma");
  }
  {
    ret_deref(&w.m);
    std::printf("%s ", w.m.n.c_str());
    std::puts("deref");
  }
  {
    std::printf("%d ", *ret_up());
    std::printf("%d ", *ret_conv());
    std::puts("ptrs");
  }
  {
    ret_opt();
    std::puts("opt");
  }
  {
    ret_tuple();
    std::puts("tuple");
  }
  {
    std::printf("%d ", ret_fn(4)());
    std::puts("fn");
  }
  {
    nested(2);
    std::puts("nested");
  }
  w.bits += cede(1);
  w.ubits = w.ubits * cede(2);
  w.bits++;
  std::printf("%d %u\n", w.bits, w.ubits);
}
