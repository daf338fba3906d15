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

/// Operands whose order is fixed in operator notation ([over.match.oper]/2).
struct sink {
  tracer seen{"sink", 0};
  [[weft::fiber]] sink& operator=(int n) {
    cede();
    seen.number = n;
    return* this;
  }
  [[weft::fiber]] sink& operator<<=(const tracer& other) {
    cede();
    seen.number = other.number;
    return* this;
  }
};
[[weft::fiber]] sink& operator<<(sink& to, int n) {
  cede();
  to.seen.number += n;
  return to;
}
[[weft::fiber]] sink& operator>>(sink& to, tracer n) {
  cede();
  to.seen.number += n.number;
  return to;
}
[[weft::fiber]] sink& operator+=(sink& to, int n) {
  cede();
  to.seen.number += n;
  return to;
}
[[weft::fiber]] int operator,(sink& first, int n) {
  cede();
  return first.seen.number * 10 + n;
}
static sink& left(sink& s) {
  at("left", s.seen.number++);
  return s;
}
static int right(sink& s) {
  at("right", s.seen.number++);
  return s.seen.number;
}
static int pausing(sink& s) {
  at("before the pause", s.seen.number++);
  cede();
  return right(s);
}
[[weft::fiber]] void ordered() {
  sink s;
  left(s) = right(s);
  left(s) <<= tracer("right", right(s));
  left(s) << right(s) << right(s);
  left(s) >> tracer("right", right(s));
  left(s) += right(s);
  at("comma", (left(s), right(s)));
  left(s) = pausing(s);
  left(s) += pausing(s);
  left(s) << pausing(s);
  at("and", (left(s), pausing(s)));
  int n = 3;
  (n = 4, s) << n;
  at("end", s.seen.number);
}

int main() {
  trace::exercise("ordered", ordered);
  trace::exercise("arithmetic", arithmetic);
  trace::exercise("calls", calls);
}
