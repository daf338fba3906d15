// Objects keep their address over pauses, also those whose only later use is
// through a pointer, a capture or a reference returned by a call.
// RUN: %check %s %t

#include "trace.h"

int& pass(int& n) { return n; }
int* remembered = nullptr;
void remember(int& n) { remembered = &n; }
struct keeper {
  int* kept;
  explicit keeper(int& n) : kept(&n) {}
};

[[weft::coroutine]] weft::generator<int> looks_dead() {
  int a = 0;
  int* p = &a;
  weft::yield(1);
  int b = 1;
  weft::yield(b);
  *p = 2;
  weft::yield(b);
  weft::yield(*p);
}

[[weft::coroutine]] weft::generator<int> through_calls() {
  int a = 1;
  int& r = pass(a);
  weft::yield(2);
  int b = 5;
  r += 10;
  weft::yield(b);
  weft::yield(r);
  int c = 3;
  remember(c);
  weft::yield(4);
  int d = 6;
  *remembered = 7;
  weft::yield(d);
  weft::yield(*remembered);
  int e = 8;
  keeper k(e);
  weft::yield(9);
  int f = 10;
  *k.kept += 1;
  weft::yield(f);
  weft::yield(*k.kept);
}

[[weft::coroutine]] weft::generator<int> of_members() {
  struct two {
    int first = 1, second = 2;
  } s;
  int* p = &s.second;
  weft::yield(s.first);
  int other = 4;
  *p = 3;
  weft::yield(other);
  weft::yield(*p);
  int list[3] = {1, 2, 3};
  int* end = list + 3;
  weft::yield(end[-1]);
  int more[3] = {4, 5, 6};
  weft::yield(more[0] + end[-3]);
}

[[weft::coroutine]] weft::generator<int> linked() {
  struct node {
    int v;
    node* next;
  };
  node c{3, nullptr};
  node b{2, &c};
  node a{1, &b};
  for (node* at = &a; at; at = at->next)
    weft::yield(at->v);
  c.v = 30;
  for (node* at = &a; at; at = at->next) {
    node* here = at;
    weft::yield(here->v);
  }
}

[[weft::coroutine]] weft::generator<int> moved_to_the_next() {
  tracer first("first", 1);
  weft::yield(first.number);
  {
    tracer second(std::move(first));
    weft::yield(second.check().number);
    tracer third = std::move(second);
    weft::yield(third.check().number);
  }
  tracer fourth("fourth", 4);
  weft::yield(fourth.number);
}

int main() {
  trace::exercise("looks dead", [] { return looks_dead(); });
  trace::exercise("calls", [] { return through_calls(); });
  trace::exercise("members", [] { return of_members(); });
  trace::exercise("linked", [] { return linked(); });
  trace::exercise("moved", [] { return moved_to_the_next(); });
}
