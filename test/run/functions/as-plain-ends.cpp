// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Exceptions, jumps out of scopes, handlers, partly constructed objects, loops. The
// plain program is the oracle.

// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: %clangxx -w -std=c++17 -fno-elide-constructors -DPLAIN %s -o plain && ./plain > expected
// RUN: %weft %s -o weft.cpp -- %clangxx -std=c++17 -I%runtime
// RUN: %clangxx -w -std=c++17 -iquote %S -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -I%runtime weft.cpp %libweft -o weft
// RUN: ./weft > traced && diff expected traced
// RUN: %weft %s -o gxx.cpp -- %gxx -std=c++17 -I%runtime && %gxx -w -std=c++17 -iquote %S -O2 -I%runtime gxx.cpp %libweft -pthread -o gxx && ./gxx

#include "Inputs/as-plain.h"
struct T {
  const char* n;
  int& c;
  T(const char* n, int& c) : n(n), c(c) {
    ++c;
    std::printf("+%s ", n);
  }
  T(const T&) = delete;
  ~T() {
    --c;
    std::printf("-%s ", n);
  }
};
struct Thrower {
  ~Thrower() noexcept(false) {
    if (armed) {
      armed = false;
      std::printf("throws ");
      throw 7;
    }
  }
  static bool armed;
};
bool Thrower::armed = false;
[[weft::fiber]] int early(int k) {
  int live = 0;
  T a("a", live);
  for (int i = 0; i < 4; ++i) {
    T b("b", live);
    if (i == k) {
      T c("c", live);
      yield();
      if (k == 1)
        break;
      if (k == 2)
        return live;
      if (k == 3)
        throw live;
      if (k == 0)
        goto out;
    } else {
      yield();
      continue;
    }
  }
  std::printf("after ");
  {
    T d("d", live);
    yield();
  }
out:
  T e("e", live);
  yield();
  return live;
}
[[weft::fiber]] int fn_try(int k) try {
  yield();
  if (k)
    throw k;
  return 1;
} catch (int n) {
  yield();
  return n * 10;
}
struct Ctor {
  M a;
  M b;
  [[weft::fiber]] static M mk(const char* n, bool t) {
    yield();
    if (t)
      throw 3;
    return M(n);
  }
};
[[weft::fiber]] M boom(const char* n, int k) {
  M m(n);
  yield();
  if (k)
    throw std::string(n);
  return m;
}
[[weft::fiber]] void partial(int k) {
  try {
    M arr[3] = {boom("x", k == 0), boom("y", k == 1), boom("z", k == 2)};
    yield();
    std::printf("whole ");
  } catch (const std::string& s) {
    std::printf("caught-%s ", s.c_str());
  }
  try {
    std::pair<M, M> p(boom("p", k == 1), boom("q", k == 2));
    yield();
  } catch (const std::string& s) {
    yield();
    std::printf("caught-%s ", s.c_str());
  }
}
[[weft::fiber]] void dtor_throws() {
  try {
    Thrower t;
    yield();
    Thrower::armed = true;
  } catch (int n) {
    std::printf("got %d ", n);
  }
}
[[weft::fiber]] void nested_handlers() {
  try {
    try {
      cede();
      throw 1;
    } catch (int a) {
      try {
        cede();
        throw 2;
      } catch (int b) {
        cede();
        std::printf("%d%d ", a, b);
        throw;
      }
    }
  } catch (int c) {
    cede();
    std::printf("outer%d ", c);
  }
}
[[weft::fiber]] int rethrow_later() {
  std::exception_ptr p;
  try {
    cede();
    throw std::runtime_error("later");
  } catch (...) {
    p = std::current_exception();
  }
  yield();
  try {
    std::rethrow_exception(p);
  } catch (std::exception& e) {
    yield();
    std::printf("%s %d ", e.what(), std::uncaught_exceptions());
  }
  return 0;
}
struct Unwinds {
  ~Unwinds() { std::printf("unc%d ", std::uncaught_exceptions()); }
};
[[weft::fiber]] void uncaught() {
  try {
    Unwinds u;
    cede();
    throw 1;
  } catch (int) {
    Unwinds u;
    yield();
  }
  Unwinds u;
  yield();
}
[[weft::fiber]] void loops() {
  for (auto [i, s] = std::pair<int, std::string>{0, "ab"}; i < cede(2);
       i += cede(1), s += "c") {
    if (s.size() > 5)
      break;
    std::printf("%d%s ", i, s.c_str());
    yield();
  }
  int n = 0;
  while (int k = cede(3 - n)) {
    ++n;
    std::printf("k%d ", k);
    if (k == 2)
      continue;
    yield();
  }
  do {
    yield();
  } while (++n < 6 && cede(1));
  std::printf("n%d ", n);
  for (;;) {
    if (cede(++n) > 8)
      break;
  }
  for (const auto& m : std::vector<M>{M("v1"), M("v2")}) {
    yield();
    std::printf("%s ", m.n.c_str());
  }
  for (auto& c : std::string("hey")) {
    c = char(c - 32);
    yield();
    std::printf("%c", c);
  }
  switch (int q = cede(2)) {
  case 1:
    std::printf("no");
  case 2: {
    M m("s2");
    yield();
  }
  case 3:
    std::printf("three%d ", q);
    break;
  default:
    std::printf("def");
  }
}
[[weft::fiber]] void duff(int n) {
  int i = 0;
  switch (n % 4) {
  case 0:
    do {
      yield();
      ++i;
    case 3:
      yield();
      ++i;
    case 2:
      ++i;
      yield();
    case 1:
      ++i;
    } while ((n -= 4) > 0);
  }
  std::printf("duff%d ", i);
}
[[weft::fiber]] void statics() {
  static M s("st");
  static int c = 0;
  ++c;
  yield();
  std::printf("%s%d ", s.n.c_str(), c);
  thread_local int t = 5;
  ++t;
  std::printf("%d ", t);
  yield();
}
[[weft::fiber]] int main() {
  for (int k = 0; k < 5; ++k) {
    try {
      std::printf("= %d ", early(k));
    } catch (int n) {
      std::printf("thrown %d ", n);
    }
    std::puts("");
  }
  std::printf("%d %d\n", fn_try(0), fn_try(4));
  for (int k = 0; k < 4; ++k) {
    partial(k);
    std::puts("");
  }
  dtor_throws();
  std::puts("");
  try {
    rethrow_later();
    uncaught();
    nested_handlers();
    std::puts("");
    loops();
    std::puts("");
    duff(9);
    duff(4);
    duff(3);
    statics();
    statics();
    std::puts("");
  } catch (...) {
    std::puts("?");
  }
}
