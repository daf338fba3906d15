// Classes, enums and aliases declared in a body, with objects of them alive over
// pauses.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> classes(int n) {
  struct local {
    tracer t;
    int twice;
    explicit local(int n) : t("local", n), twice(2 * n) {}
    int sum() const { return t.check().number + twice; }
    static int constant() { return 5; }
  };
  local a(n);
  weft::yield(a.sum());
  local list[2] = {local(1), local(2)};
  weft::yield(list[0].sum() + list[1].sum() + local::constant());
  struct derived : local {
    using local::local;
    int more() const { return sum() + 1000; }
  };
  derived d(3);
  weft::yield(d.more());
}

[[weft::coroutine]] weft::generator<int> enums_and_aliases(int n) {
  enum state { idle, busy = 5 };
  enum class mode : char { off, on };
  using number = long;
  typedef int list[3];
  state s = idle;
  mode m = mode::on;
  weft::yield(s);
  s = n ? busy : idle;
  weft::yield(s + (m == mode::on));
  number wide = 1L << 4;
  list l = {1, 2, 3};
  weft::yield(static_cast<int>(wide));
  l[2] += static_cast<int>(wide);
  weft::yield(l[2]);
  switch (s) {
  case idle:
    weft::yield(100);
    break;
  case busy:
    weft::yield(200);
    m = mode::off;
  }
  weft::yield(m == mode::off);
}

[[weft::coroutine]] weft::generator<int> unions_and_bits() {
  union either {
    int i;
    char c[4];
  };
  either e;
  e.i = 0x41414141;
  weft::yield(e.c[1]);
  e.c[1] = 'B';
  weft::yield(e.c[1]);
  struct flags {
    unsigned a : 3;
    signed b : 4;
    bool c : 1;
  } f = {5, -3, true};
  weft::yield(static_cast<int>(f.a));
  f.b = 2;
  weft::yield(f.b + f.c);
  volatile int v = 3;
  weft::yield(v);
  v = v + 1;
  weft::yield(v);
}

[[weft::coroutine]] weft::generator<int> in_two_blocks() {
  {
    struct node {
      int v = 1;
    } n;
    weft::yield(n.v);
    n.v = 2;
    weft::yield(n.v);
  }
  {
    struct other {
      char v[3] = {'a', 'b', 0};
    } n;
    weft::yield(n.v[0]);
    n.v[0] = 'z';
    weft::yield(n.v[0]);
  }
}

int main() {
  trace::exercise("classes", [] { return classes(4); });
  trace::exercise("enums", [] { return enums_and_aliases(1); });
  trace::exercise("unions", [] { return unions_and_bits(); });
  trace::exercise("two blocks", [] { return in_two_blocks(); });
}
