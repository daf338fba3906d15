// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A program without an annotation, all of whose functions are green, as far as that can be.

// ORACLE: plain
// TOOL: --green-all
// RUN: %check %s %t

#include "objects.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

using trace::at;
using trace::tracer;

// --- Virtual functions, pure and not, of classes that nobody else knows ---
namespace shapes {
struct shape {
  virtual ~shape() { at("end of a shape", twice_of(this)); }
  static int twice_of(const shape* s) { return s ? 2 : 0; }
  virtual int area() const = 0;
  virtual std::string name() const { return "shape " + std::to_string(area()); }
  int twice() const { return area() + area(); }
};
struct square : shape {
  explicit square(int side) : side(side) { at("square", square::area()); }
  int area() const override {
    int sum = 0;
    for (int i = 0; i < side; ++i)
      sum += side;
    return sum;
  }
  int side;
};
struct named final : square {
  named(int side, std::string given) : square(side), given(std::move(given)) {}
  std::string name() const override { return given + ", a " + square::name(); }
  std::string given;
};
} // namespace shapes

// --- Operators, conversions, calls ---
struct number {
  int value;
  number operator+(const number& other) const { return {value + other.value}; }
  number& operator+=(number other) {
    value += other.value;
    return *this;
  }
  number operator-() const { return {-value}; }
  bool operator<(const number& other) const { return value < other.value; }
  int& operator[](int) { return value; }
  int operator()(int n) const { return value * n; }
  number& operator++() {
    ++value;
    return *this;
  }
  number operator++(int) {
    number old = *this;
    ++*this;
    return old;
  }
  explicit operator bool() const { return value != 0; }
  operator std::string() const { return std::to_string(value); }
};
static number times(const number a, int n) {
  number sum{0};
  while (n-- > 0)
    sum += a;
  return sum;
}

// --- Arguments and results ---
static tracer make(const char* name, int n = 7) { return tracer(name, n); }
static int take(tracer t, const tracer& u) { return t.number + u.number; }
static int take_const(const tracer t) { return t.number; }
static void* same(void* p) { return p; }
static const int& larger(const int& a, const int& b) { return a < b ? b : a; }
static int count() {
  static int calls = larger(0, -1);
  return ++calls;
}
static int with_default(int n = count()) { return n; }
static int never_throws(int n) noexcept {
  for (int i = 0; i < 3; ++i)
    n += i;
  return n;
}

// --- Ways through ---
static int choose(int n) {
  switch (count(); n) {
  case 0:
    return n ? count() : -count();
  case 1:
    for (;;) {
      if (count() % 2)
        break;
      continue;
    }
    [[fallthrough]];
  case 2:
    return count() && n == 2 ? count() + count() : 0;
  default:
    break;
  }
  do
    if (n-- < 6 || count() < 0)
      goto out;
  while (true);
out:
  assert(n < 6 && count() > 0);
  return n;
}
static int risky(int n) {
  tracer guard("guard", n);
  if (n % 2)
    throw std::runtime_error("odd " + std::to_string(count()));
  return n;
}
static int tries() {
  int sum = 0;
  for (int i = 0; i < 4; ++i)
    try {
      sum += risky(i) + i;
    } catch (const std::exception& e) {
      at(e.what());
      try {
        sum += risky(risky(2) + i);
      } catch (...) {
        at("twice", count());
      }
    }
  return sum;
}
static long fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

static int apply(int (*f)(int), int n) { return f(n); }
static bool descending(int a, int b) { return a > b; }

union mixed {
  int n;
  float f;
};
struct bits {
  unsigned low : 3, high : 5;
};
static unsigned packs(int n) {
  bits b{};
  volatile int v = n;
  mixed m;
  m.n = v;
  b.low = count() & 7;
  b.high += b.low + m.n;
  b.low |= choose(3), b.high ^= count();
  return b.low * 32 + b.high;
}

int main() {
  {
    shapes::named n(3, "n");
    const shapes::shape& s = n;
    at("twice", s.twice());
    at(s.name().c_str());
    shapes::square* all[] = {&n, new shapes::square(2)};
    for (shapes::square* each : all)
      at(each->name().c_str(), each->area());
    delete all[1];
  }
  number a{2}, b = a + number{3};
  b += -a;
  at("numbers", b(2) + b[0] + times(b, 4).value + (a < b) + (a++ + b).value);
  if (b)
    at(std::string(b).c_str());
  tracer second("b", 2);
  at("take", take(make("a"), second));
  at("take", take_const(make("c")));
  tracer kept = make("kept", 3);
  at("kept", take(kept, second));
  at("same", same(&kept) == &kept);
  at("larger", larger(with_default(), with_default(9)));
  at("never", never_throws(4));
  for (int i = 0; i < 7; ++i)
    at("choose", choose(i));
  at("tries", tries());
  at("fibonacci", fibonacci(10));
  at("apply", apply(choose, 4));
  std::vector<int> v{3, 1, 2};
  std::sort(v.begin(), v.end(), descending);
  std::for_each(v.begin(), v.end(), [](int n) { at("each", choose(n)); });
  std::function<int(int)> f = choose;
  int (number::*member)(int) const = &number::operator();
  at("function", f(2) + (a.*member)(3));
  at("packs", static_cast<long>(packs(3)));
}
