// The same name in sibling scopes, in nested scopes, in loops, as a parameter and
// as a type: each is its own variable.
// RUN: %check %s %t

#include "trace.h"

int name = 1000;

[[weft::coroutine]] weft::generator<int> siblings(int a) {
  {
    int k = 1;
    weft::yield(k + a);
    k += 10;
    weft::yield(k);
  }
  {
    long k = 2;
    weft::yield(static_cast<int>(k));
    k += 20;
    weft::yield(static_cast<int>(k));
  }
  {
    tracer k("k", 3);
    weft::yield(k.number);
  }
  for (int k = 0; k < 2; ++k)
    weft::yield(k);
  for (char k = 'x'; k < 'z'; ++k)
    weft::yield(k);
}

[[weft::coroutine]] weft::generator<int> shadowing(int n) {
  weft::yield(name);
  int name = n;
  weft::yield(name + ::name);
  {
    int outer = name;
    int name = outer + 1;
    weft::yield(name);
    {
      tracer name("name", 7);
      weft::yield(name.check().number);
    }
    for (int name = 0; name < 2; ++name) {
      weft::yield(name);
      int n = 100 + name;
      weft::yield(n);
    }
    name += 50;
    weft::yield(name);
  }
  weft::yield(name);
  if (int name = n; name > 0) {
    weft::yield(-name);
  } else {
    int n = name - 1;
    weft::yield(n);
  }
  {
    struct named {
      int v = 9;
    };
    named object;
    weft::yield(object.v);
    object.v = 10;
    weft::yield(object.v);
  }
  weft::yield(n);
}

struct item {
  int item;
};

[[weft::coroutine]] weft::generator<int> hides_its_type() {
  item item{5};
  weft::yield(item.item);
  item.item = 6;
  struct item other = item;
  weft::yield(other.item + item.item);
}

int main() {
  trace::exercise("siblings", [] { return siblings(4); });
  trace::exercise("shadowing", [] { return shadowing(3); });
  trace::exercise("hides", [] { return hides_its_type(); });
}
