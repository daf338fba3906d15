// Variables, parameters, labels, members and types with names that generated code
// might use.
// RUN: %check %s %t

#include "trace.h"

[[weft::coroutine]] weft::generator<int> plain(int state, int frame) {
  int alive = 1, value = 2, run = 3, next = 4, resume = 5;
  int self = 6, result = 7, suspended_1 = 8, t1 = 9, end = 10;
  weft::yield(state + frame);
  weft::yield(alive + value + run + next + resume);
  weft::yield(self + result + suspended_1 + t1 + end);
  alive = value = run = 0;
  goto suspended_2;
suspended_2:
  weft::yield(alive + suspended_1);
  {
    int yield = 11, yield_from = 12, coroutine = 13, generator = 14, storage = 15;
    weft::yield(yield + yield_from + coroutine + generator + storage);
    yield = 1;
    weft::yield(yield);
  }
  for (int begin = 0, range = 2; begin < range; ++begin)
    weft::yield(begin);
  struct in_slot {
    int v = 1;
  } slot;
  weft::yield(slot.v);
  tracer destroy("destroy", 1), unwind("unwind", 2), at("at", 3);
  weft::yield(destroy.number + unwind.number + at.number);
}

struct plain_frame {
  int v = 3;
};
struct object {
  int state = 1, value = 2, self = 3, frame = 4, alive = 5;
  int next() { return 6; }
  [[weft::coroutine]] weft::generator<int> run(int resume) {
    weft::yield(state + value + self);
    int local = frame + alive + next();
    weft::yield(local + resume);
    plain_frame f;
    weft::yield(f.v);
    state = 10;
    weft::yield(this->state + f.v);
  }
  [[weft::coroutine]] weft::generator<int> run() {
    weft::yield(state);
  }
};

namespace weft_like {
template <class T> struct slot {};
[[weft::coroutine]] weft::generator<int> plain(int std, int hidden) {
  slot<int> s;
  (void)s;
  weft::yield(std + hidden);
  ::std::printf("  std\n");
  weft::yield(std);
}
} // namespace weft_like

struct value {
  int v;
};
[[weft::coroutine]] weft::generator<value> of_value(value value) {
  weft::yield(value);
  value.v = 2;
  weft::yield(value);
}

int main() {
  trace::exercise("plain", [] { return plain(1, 2); });
  object o;
  auto g = o.run(3);
  trace::advance(g, trace::many);
  auto h = o.run();
  trace::advance(h, trace::many);
  trace::exercise("like", [] { return weft_like::plain(4, 5); });
  for (value v : of_value({1}))
    std::printf("%d\n", v.v);
}
