// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Member functions: const, ref-qualified, private, static, virtual, defined in
// the class and out of it, in local and nested classes.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

class account {
public:
  explicit account(int balance) : balance(balance) {}

  [[weft::fiber]] void deposit(int amount) {
    check("deposit");
    cede();
    balance += amount;
    this->check("deposited");
  }
  [[weft::fiber]] int total() const {
    cede();
    return balance + bonus();
  }
  [[weft::fiber]] account& chained() & {
    cede();
    balance += 1;
    return *this;
  }
  [[weft::fiber]] int last() &&;
  [[weft::fiber]] static account open(int balance, int extra = 5);
  [[weft::fiber]] int twice(int n = 2) const { return total() * n; }

private:
  [[weft::fiber]] int bonus() const {
    cede();
    return rate;
  }
  void check(const char* what) { at(what, balance); }
  int balance;
  static constexpr int rate = 3;
};
int account::last() && {
  cede();
  return balance;
}
account account::open(int balance, int extra) {
  cede();
  return account(balance + extra);
}

struct shape {
  tracer name;
  explicit shape(const char* n) : name(n) {}
  virtual ~shape() = default;
  [[weft::fiber]] virtual int area(int scale) const = 0;
  [[weft::fiber]] virtual tracer describe() const {
    cede();
    return name;
  }
};
struct square final : shape {
  int side;
  explicit square(int side) : shape("square"), side(side) {}
  [[weft::fiber]] int area(int scale) const override {
    cede();
    return side * side * scale;
  }
};
struct circle : shape {
  circle() : shape("circle") {}
  [[weft::fiber]] int area(int scale) const override;
  [[weft::fiber]] tracer describe() const override {
    tracer base = shape::describe();
    cede();
    return tracer("round", base.number);
  }
};
int circle::area(int scale) const {
  cede();
  at("circle");
  return 3 * scale;
}

[[weft::fiber]] int area_of(const shape& s) { return s.area(2); }

[[weft::fiber]] void accounts() {
  account a = account::open(10);
  a.deposit(3);
  at("total", a.total());
  at("chained", a.chained().chained().total());
  at("twice", a.twice() + a.twice(3));
  at("last", std::move(a).last());
  at("temporary", account(4).total());
  at("opened", account::open(1, 2).last());
}
[[weft::fiber]] void shapes() {
  square s(3);
  circle c;
  const shape* all[] = {&s, &c};
  for (const shape* each : all) {
    at("area", area_of(*each));
    tracer described = each->describe();
    at(described.name, described.number);
  }
}
[[weft::fiber]] void local_class() {
  struct counter {
    int n;
    int next() {
      cede();
      return ++n;
    }
  };
  counter c{5};
  at("first", c.next());
  at("second", c.next());
}

// With internal linkage what overrides a fiber function is one, and so is what it
// overrides; none of them says so.
namespace {
struct animal {
  virtual ~animal() = default;
  virtual int legs() const {
    cede();
    return 4;
  }
  virtual int eyes() const = 0;
};
struct bird : animal {
  int legs() const override { return 2; }
  int eyes() const override { return 2; }
};
struct spider : bird {
  int legs() const override { return 2 * bird::legs() + animal::legs(); }
  int eyes() const override {
    cede();
    return 8;
  }
};
} // namespace
[[weft::fiber]] void inferred() {
  bird b;
  spider s;
  const animal* all[] = {&b, &s};
  for (const animal* each : all) {
    at("legs", each->legs());
    at("eyes", each->eyes());
  }
}

int main() {
  trace::exercise("inferred", inferred);
  trace::exercise("accounts", accounts);
  trace::exercise("shapes", shapes);
  trace::exercise("local class", local_class);
}
