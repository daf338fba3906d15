// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Expressions that few programs have, in functions that suspend; where a pause may
// stand inside, one does.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <cstddef>
#include <cstdint>
#include <typeinfo>

struct point {
  int x, y;
};
typedef int ints __attribute__((vector_size(16)));
typedef float floats __attribute__((vector_size(16)));

template <class T> [[weft::fiber]] T ceded(T value) {
  cede();
  return value;
}
int operator""_more(unsigned long long n) { return static_cast<int>(n) + 1; }

[[weft::fiber]] void with_pauses() {
  int n = 1;
  at("bit cast", static_cast<int>(__builtin_bit_cast(unsigned, ceded(-1)) >> 28));
  at("reinterpreted", reinterpret_cast<std::uintptr_t>(ceded(&n)) == reinterpret_cast<std::uintptr_t>(&n));
}

[[weft::fiber]] void beside_pauses() {
  using number = int;
  number n = 1;
  cede();
  at("literal of ours", 5_more);
  at("atomic", __atomic_add_fetch(&n, 1, __ATOMIC_SEQ_CST));
  at("typeid", typeid(n) == typeid(int));
  at("literal", (point){n, 3}.y);
  at("converted", static_cast<int>(__builtin_convertvector(ints{1, 2, 3, 4}, floats)[2]));
  at("shuffled", __builtin_shufflevector(ints{1, 2, 3, 4}, ints{5, 6, 7, 8}, 7, 0, 1, 2)[0]);
  asm("" : "+r"(n));
  void* none = __null;
  at("null", none == nullptr);
  at("offset", static_cast<int>(offsetof(point, y)));
  at("line", __builtin_LINE());
  at("statements", ({ int more = n; more + 1; }));
  at("trait", __is_class(point));
  at("both", n ?: 7);
  n.~number();
  cede();
}

template <class T> struct pairs {
  int of(int n) const { return n; }
  int of(double) const { return 2; }
  [[weft::fiber]] int member(T value) const {
    cede();
    return of(value) + of(ceded(value));
  }
};

[[weft::fiber]] void all() {
  with_pauses();
  beside_pauses();
  at("overloads", pairs<int>().member(4) + pairs<double>().member(4));
}

int main() { trace::exercise("rare expressions", all); }
