// A chain a hundred thousand deep: starting, resuming, ending, raising into and
// closing it take no native stack for each level; nor do as many inner coroutines that
// end at once, one after the other.
// RUN: %check %s %t
// ORACLE: expected

#include <weft/coroutine.h>

#include <cstdio>

int alive = 0;
struct guard {
  guard() { ++alive; }
  ~guard() { --alive; }
};

[[weft::coroutine]] weft::coroutine<int, void, long> chain(int depth) {
  guard g;
  if (depth < 0)
    return 0;
  if (depth == 0) {
    weft::yield(1);
    weft::yield(2);
    return 0;
  }
  long below = weft::yield_from(chain(depth - 1));
  return below + 1;
}

[[weft::coroutine]] weft::generator<int> row(int length) {
  for (int i = 0; i < length; ++i) {
    if (i == 1 || i == length - 2)
      weft::yield(-i);
    weft::coroutine<int, void, long> none = chain(0);
    if (i == 2 || i == length - 1)
      weft::yield_from(none);
    else
      none.close(), weft::yield_from(chain(-1));
  }
}

int main() {
  const int depth = 100000;
  {
    auto c = chain(depth);
    c.next();
    std::printf("%d, alive %d\n", c.value(), alive);
    c.next();
    std::printf("%d\n", c.value());
    bool paused = c.next();
    std::printf("%d %ld, alive %d\n", paused, c.result(), alive);
  }
  {
    auto c = chain(depth);
    c.next();
    c.close();
    std::printf("closed, alive %d\n", alive);
  }
  {
    auto c = chain(depth);
    c.next();
  }
  std::printf("destroyed, alive %d\n", alive);
  for (int value : row(depth))
    std::printf(" %d", value);
  std::printf("\nin a row, alive %d\n", alive);
  {
    auto c = chain(2000);
    c.next();
    try {
      c.raise(std::make_exception_ptr(5));
    } catch (int n) {
      std::printf("raised %d, alive %d\n", n, alive);
    }
  }
}

/* EXPECTED
1, alive 100001
2
0 100000, alive 0
closed, alive 0
destroyed, alive 0
 -1 1 2 -99998 1 2
in a row, alive 0
raised 5, alive 0
*/
