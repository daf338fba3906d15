// A chain a hundred thousand deep: starting, resuming, ending, raising into and
// closing it take no native stack for each level.
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
  if (depth == 0) {
    weft::yield(1);
    weft::yield(2);
    return 0;
  }
  long below = weft::yield_from(chain(depth - 1));
  return below + 1;
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
raised 5, alive 0
*/
