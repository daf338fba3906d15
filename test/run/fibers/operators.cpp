// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Operators and conversion functions that suspend: members and free, in the
// notation of operators and of calls.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

struct number {
  tracer value;
  explicit number(int n) : value("number", n) {}

  [[weft::fiber]] number operator+(const number& other) const {
    cede();
    return number(value.number + other.value.number);
  }
  [[weft::fiber]] number& operator+=(int n) {
    cede();
    value.number += n;
    return* this;
  }
  [[weft::fiber]] int operator()(int factor) const {
    cede();
    return value.number * factor;
  }
  [[weft::fiber]] int operator[](int index) const;
  [[weft::fiber]] number operator-() const {
    cede();
    return number(-value.number);
  }
  [[weft::fiber]] number& operator++() {
    cede();
    ++value.number;
    return* this;
  }
  [[weft::fiber]] int operator++(int) {
    cede();
    return value.number++;
  }
  [[weft::fiber]] operator int() const {
    cede();
    return value.number;
  }
  [[weft::fiber]] explicit operator bool() const {
    cede();
    return value.number > 0;
  }
  int twice() const { return 2 * value.number; }
  [[weft::fiber]] int own(int n) {
    int sum = (*this)(n) + (*this)[n];
    *this += n;
    return sum + static_cast<int>(*this);
  }
};
int number::operator[](int index) const {
  cede();
  return value.number + index;
}
[[weft::fiber]] bool operator==(const number& a, const number& b) {
  cede();
  return a.value.number == b.value.number;
}
[[weft::fiber]] number operator*(number a, int n) {
  cede();
  a.value.number *= n;
  return a;
}

[[weft::fiber]] void arithmetic() {
  number a(1), b(2);
  number sum = a + b;
  at("sum", sum.value.number);
  at("of sums", (a + b + sum).value.number);
  at("negated", (-a).twice());
  (a += 4) += 5;
  at("added", a.value.number);
  number product = a * 3;
  at("product", product.value.number);
  if (a == b)
    at("equal");
  at("named", a.operator+(b).value.number + operator==(a, a));
}
[[weft::fiber]] void calls() {
  number a(3);
  at("called", a(2) + a[4]);
  at("before", a++);
  at("after", (++a).value.number);
  int converted = a;
  at("converted", converted);
  if (a)
    at("true");
  long wide = static_cast<int>(a) + number(7);
  at("wide", wide);
  at("own", a.own(2));
  const number* p = &a;
  at("pointer", (*p)(5) + p->operator[](1));
}

int main() {
  trace::exercise("arithmetic", arithmetic);
  trace::exercise("calls", calls);
}
