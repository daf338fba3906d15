// Member functions: const, static, ref-qualified, virtual, overloaded, private,
// of derived and nested classes, defined inside and outside, using `this`.
// RUN: %check %s %t

#include "trace.h"

int global = 1;

class account {
public:
  explicit account(int n) : balance(n) {}

  [[weft::coroutine]] weft::generator<int> inside(int n) {
    weft::yield(balance);
    balance += n;
    weft::yield(this->balance);
    this->secret(n);
    weft::yield(balance + global);
    account* self = this;
    self->balance = 0;
    weft::yield(get());
  }
  [[weft::coroutine]] weft::generator<int> outside(int n) const;
  [[weft::coroutine]] static weft::generator<int> of_class(account& a);
  [[weft::coroutine]] weft::generator<int> overloaded() {
    weft::yield(1);
    weft::yield(balance);
  }
  [[weft::coroutine]] weft::generator<int> overloaded() const {
    weft::yield(2);
    weft::yield(balance);
  }
  [[weft::coroutine]] weft::generator<int> overloaded(const char* text) {
    for (; *text; ++text)
      weft::yield(*text);
  }
  [[weft::coroutine]] weft::generator<int> operator()(int n) {
    while (n--)
      weft::yield(balance + n);
  }
  [[weft::coroutine]] weft::generator<int> operator+(int n) const {
    weft::yield(balance);
    weft::yield(balance + n);
  }

  int get() const { return balance; }
  struct nested {
    account& owner;
    [[weft::coroutine]] weft::generator<int> through() {
      weft::yield(owner.balance);
      owner.secret(2);
      weft::yield(owner.balance);
    }
  };
  friend weft::generator<int> by_friend(account& a);

private:
  void secret(int n) { balance *= n; }
  struct hidden {
    int v = 6;
  };
  static int rate;
  int balance;
};
int account::rate = 7;

weft::generator<int> account::outside(int n) const {
  hidden h;
  weft::yield(balance + h.v);
  h.v = n;
  weft::yield(rate * h.v);
}

weft::generator<int> account::of_class(account& a) {
  weft::yield(a.balance);
  a.balance = 70;
  weft::yield(rate);
  weft::yield(a.balance);
}

[[weft::coroutine]] weft::generator<int> by_friend(account& a) {
  weft::yield(a.balance);
  a.secret(3);
  weft::yield(a.balance);
}

struct base {
  int n = 1;
  virtual ~base() = default;
  [[weft::coroutine]] virtual weft::generator<int> run() {
    weft::yield(n);
    weft::yield(n + 1);
  }
};
struct derived : base {
  int n = 10;
  [[weft::coroutine]] weft::generator<int> run() override {
    weft::yield(n);
    weft::yield(base::n);
    for (int x : base::run())
      weft::yield(100 * x);
  }
};

int main() {
  account a(5);
  const account& c = a;
  auto run = [](const char* name, auto g) {
    std::printf("%s\n", name);
    trace::advance(g, trace::many);
  };
  run("inside", a.inside(3));
  run("const", a.outside(4));
  run("static", account::of_class(a));
  run("overloaded", a.overloaded());
  run("overloaded const", c.overloaded());
  run("overloaded text", a.overloaded("ab"));
  run("call", a(2));
  run("plus", c + 5);
  account::nested n{a};
  run("nested", n.through());
  run("friend", by_friend(a));
  base b;
  derived d;
  run("base", b.run());
  base& as_base = d;
  run("virtual", as_base.run());
}
