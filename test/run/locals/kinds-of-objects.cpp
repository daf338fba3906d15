// Locals that cannot be copied or moved, arrays of objects, over-aligned and
// large ones, all alive over pauses.
// RUN: %check %s %t

#include "trace.h"

using trace::aligned;
using trace::movable;
using trace::pinned;

[[weft::coroutine]] weft::generator<int> non_movable() {
  pinned p("p", 1);
  weft::yield(p.check().number);
  pinned q{"q", 2};
  pinned r = pinned("r", 3);
  weft::yield(q.check().number + r.check().number);
  movable m("m", 4);
  movable n(std::move(m));
  weft::yield(n.check().number);
}

[[weft::coroutine]] weft::generator<int> arrays() {
  tracer two[2] = {tracer("first", 1), tracer("second", 2)};
  weft::yield(two[1].check().number);
  tracer grid[2][2] = {{tracer("a"), tracer("b")}, {tracer("c"), tracer("d")}};
  weft::yield(grid[1][0].check().number);
  pinned defaults[2];
  weft::yield(defaults[1].check().number);
  int numbers[] = {3, 4, 5};
  weft::yield(numbers[2]);
  numbers[2] = 6;
  weft::yield(numbers[2] + static_cast<int>(sizeof(numbers) / sizeof(*numbers)));
  char text[] = "text";
  weft::yield(text[0]);
  text[0] = 'n';
  weft::yield(text[0]);
}

[[weft::coroutine]] weft::generator<int> alignment(int n) {
  aligned a("a");
  char pad = 'p';
  weft::yield(pad);
  {
    alignas(32) char line[40] = {};
    weft::yield(static_cast<int>(reinterpret_cast<std::uintptr_t>(line) % 32));
    line[39] = 'x';
    weft::yield(line[39]);
  }
  for (int i = 0; i < n; ++i) {
    aligned each("each", i);
    weft::yield(i);
    each.verify();
  }
  a.verify();
}

[[weft::coroutine]] weft::generator<int> disjoint_scopes() {
  {
    char large[1000];
    for (int i = 0; i < 1000; ++i)
      large[i] = static_cast<char>(i);
    weft::yield(large[7]);
    weft::yield(large[999]);
  }
  {
    tracer in_its_place("t");
    char large[1000] = {};
    weft::yield(large[7]);
    large[8] = 1;
    weft::yield(large[8]);
  }
  {
    long double wide = 1.5L;
    weft::yield(static_cast<int>(wide * 2));
    wide += 1;
    weft::yield(static_cast<int>(wide * 2));
  }
}

int main() {
  trace::exercise("non-movable", [] { return non_movable(); });
  trace::exercise("arrays", [] { return arrays(); });
  trace::exercise("alignment", [] { return alignment(2); });
  trace::exercise("disjoint", [] { return disjoint_scopes(); });
}
