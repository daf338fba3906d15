#include <weft/coroutine.h>

#include <cstdio>
#include <string>

struct point {
  int x, y;
};

[[weft::coroutine]] weft::generator<int> sums(int to) {
  std::string text = "abc";
  point at{4, 5};
  int sum = 0;
  for (int step = 1; step <= to; ++step) {
    sum += step;
    weft::yield(sum);
  }
  weft::yield(at.x + static_cast<int>(text.size()));
}

int main() {
  for (int each : sums(3))
    std::printf("%d\n", each);
}
