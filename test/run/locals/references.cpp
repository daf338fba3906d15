// References: to locals, members, elements, parameters and call results, const
// and rvalue; a temporary bound to one lives as long as it.
// RUN: %check %s %t

#include "trace.h"

tracer make(const char* name, int n) { return tracer(name, n); }
const tracer& pass(const tracer& t) { return t; }
struct holder {
  tracer member{"member", 5};
  tracer other{"other", 6};
};

[[weft::coroutine]] weft::generator<int> to_objects() {
  int n = 1;
  int& r = n;
  weft::yield(r);
  r = 2;
  weft::yield(n);
  const int& c = n;
  n = 3;
  weft::yield(c);
  holder h;
  tracer &m = h.member, &o = h.other;
  weft::yield(m.check().number + o.number);
  int list[] = {1, 2, 3};
  int(&whole)[3] = list;
  whole[1] = 20;
  weft::yield(list[1]);
  int* p = &list[0];
  int*& rp = p;
  ++rp;
  weft::yield(*p);
  weft::yield(&r == &n);
}

[[weft::coroutine]] weft::generator<int> extended() {
  const tracer& a = make("a", 1);
  weft::yield(a.check().number);
  tracer&& b = make("b", 2);
  weft::yield(b.check().number);
  b.number = 20;
  auto&& c = make("c", 3);
  const double half = 2.5;
  const int& converted = static_cast<int>(half);
  weft::yield(c.check().number + converted);
  {
    const tracer& inner = make("inner", 4);
    weft::yield(inner.check().number);
  }
  const tracer& d = pass(a);
  weft::yield(d.check().number);
}

struct base {
  tracer t{"base"};
};
struct derived : base {
  tracer u{"derived"};
};

[[weft::coroutine]] weft::generator<int> extended_in_loops(int n) {
  for (int i = 0; i < n; ++i) {
    const tracer& each = make("each", i);
    weft::yield(each.check().number);
    if (i == 1)
      continue;
    const base& b = derived();
    weft::yield(b.t.check().number);
  }
}

[[weft::coroutine]] weft::generator<int> chosen(bool first) {
  int a = 1, b = 2;
  int& r = first ? a : b;
  weft::yield(r);
  r = 7;
  weft::yield(10 * a + b);
  static int shared = 0;
  int& s = shared;
  s += 1;
  weft::yield(s > 0);
}

[[weft::coroutine]] weft::generator<int&> yields_references(int* numbers, int n) {
  for (int i = 0; i < n; ++i) {
    int& each = numbers[i];
    weft::yield(each);
    each += 1;
  }
}

int main() {
  trace::exercise("objects", [] { return to_objects(); });
  trace::exercise("extended", [] { return extended(); });
  trace::exercise("in loops", [] { return extended_in_loops(3); });
  trace::exercise("chosen", [] { return chosen(true); });
  trace::exercise("chosen", [] { return chosen(false); });
  int numbers[] = {10, 20, 30};
  auto g = yields_references(numbers, 3);
  while (g.next())
    g.value() += 5;
  std::printf("%d %d %d\n", numbers[0], numbers[1], numbers[2]);
}
