#include "source.h"
#include <weft/coroutine.h>

[[weft::fiber]] int inner(int n) {
  weft::this_fiber::yield();
  return n;
}

[[weft::fiber]] int places(int n) {
  int before = marked(n);
  while (marked(before) < 3) {
    before += inner(marked(1)) +
              marked(2);
    if (int got = inner(marked(3));
        got > marked(4)) {
      auto add = [&](int x) {
        return x + marked(5);
      };
      before = add(
          marked(6));
      weft::this_fiber::yield();
    }
  }
  try {
    inner(n);
    before += marked(7);
  } catch (int caught) {
    inner(caught);
    before = marked(8);
  }
  switch (marked(9)) {
  case 1:
    inner(1);
    [[fallthrough]];
  default:
    before = marked(10);
  }
#ifdef USELESS
  before = static_cast<int>(before); // A useless cast.
  inner(1);
#endif
  return inner(before) +
         marked(11);
}

[[weft::coroutine]] weft::generator<int> values(int n) {
  for (int i = marked(n); i < marked(3);
       i += marked(1)) {
    weft::yield(marked(i));
  }
}

template <class T> [[weft::fiber]] T templated(T value) {
  value = inner(value) * marked(12);
  return value + marked(13);
}

struct holder {
  int value = 0;
  [[weft::fiber]] int member() {
    weft::this_fiber::yield();
    return value + marked(14);
  }
};

[[weft::fiber]] int main() {
  holder held;
  int sum = in_header(1) + places(2) + templated(3) + held.member();
  for (int each : values(2))
    sum += each + marked(15);
  return sum;
}
