// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Since C++23 the temporaries of a range-for's range live as long as the loop, where
// the compiler does that; until then to the end of the initialiser. The plain program
// is the oracle, with both.

// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: %weft %s -o 23.cpp -- %clangxx -std=c++23 -I%runtime
// RUN: %weft %s -o 17.cpp -- %clangxx -std=c++17 -I%runtime
// RUN: %clangxx -std=c++23 -w -DPLAIN %s -o plain-23 && ./plain-23 > expected-23
// RUN: %clangxx -std=c++17 -w -DPLAIN %s -o plain-17 && ./plain-17 > expected-17
// RUN: %clangxx -std=c++23 -O1 -fsanitize=address,undefined -Wall -Wextra -Werror -I%runtime 23.cpp %libweft -o 23 && ./23 > traced-23
// RUN: %clangxx -std=c++17 -O1 -fsanitize=address,undefined -Wall -Wextra -Werror -I%runtime 17.cpp %libweft -o 17 && ./17 > traced-17
// RUN: diff expected-23 traced-23 && diff expected-17 traced-17
// RUN: not diff expected-17 expected-23

#ifdef PLAIN
static void yield() {}
#else
#include <weft/fiber.h>
using weft::this_fiber::yield;
#endif

#include <array>
#include <cstdio>
#include <initializer_list>

struct step {
  int i;
  int operator*() const { return i; }
  step& operator++() { return ++i, *this; }
  bool operator!=(const step& other) const { return i != other.i; }
};
struct range {
  explicit range(const char* name) : name(name) { std::printf("+%s ", name); }
  range(const range& other) : name(other.name) { std::printf("copy-%s ", name); }
  ~range() { std::printf("-%s ", name); }
  const char* name;
  step begin() const { return {0}; }
  step end() const { return {2}; }
  // Of nothing of this object, which may be gone.
  const range& other() const {
    static const range always("always");
    return always;
  }
  range copy() const { return *this; }
};

[[weft::fiber]] static range make(const char* name) {
  yield();
  return range(name);
}
[[weft::fiber]] static range beside(const range&, const range&) {
  yield();
  return range("beside");
}
static range plain(const range&, int) { return range("plain"); }

[[weft::fiber]] static void walk(int leave) {
  for (int i : make("a").other()) {
    yield();
    std::printf("%d ", i);
    if (i == leave)
      break;
    yield();
  }
  std::puts("");
  for (int i : range("b").copy()) {
    yield();
    std::printf("%d ", i);
    if (i == leave)
      continue;
    yield();
  }
  std::puts("");
  for (int i : make("c")) {
    yield();
    std::printf("%d ", i);
  }
  std::puts("");
  for (int i : beside(range("d"), make("e"))) {
    yield();
    std::printf("%d ", i);
  }
  std::puts("");
  for (int i : plain(range("f"), 1)) {
    yield();
    std::printf("%d ", i);
    if (i == leave)
      goto out;
  }
out:
  std::puts("");
  for (int i : make("h").copy().other()) {
    yield();
    std::printf("%d ", i);
    if (i == leave)
      throw i;
  }
  std::puts("");
}

[[weft::fiber]] int main() {
  range("first").other();
  for (int leave = 0; leave < 3; ++leave)
    try {
      walk(leave);
    } catch (int n) {
      std::printf("thrown %d\n", n);
    }
}
