#include <weft/fiber.h>
#include <cstdio>

static int deeper(int n) {
  int twice = n * 2;
  weft::this_fiber::yield();
  return twice + 1;
}

[[weft::fiber]] int main() {
  int step = 20;
  int got = deeper(step);
  std::printf("%d\n", got);
}
