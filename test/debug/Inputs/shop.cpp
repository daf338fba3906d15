#include <weft/channel.h>
#include <weft/fiber.h>

#include <chrono>
#include <cstdlib>
#include <tuple>

struct tag {
  int number;
  ~tag() {}
};

namespace shop {
struct counter {
  int total = 0;
  [[weft::fiber]] int add(const tag& what, int times) {
    for (int round = 0; round < times; ++round) {
      tag each{what.number + round};
      weft::this_fiber::yield();
      total += each.number; // The breakpoint.
    }
    return total;
  }
};
} // namespace shop

template <class T> [[weft::fiber]] T receive(weft::channel<T>& from) {
  T first = *from.receive();
  return first;
}

[[weft::fiber]] int descend(int depth) {
  if (depth == 0) {
    weft::this_fiber::sleep_for(std::chrono::hours(1));
    return 1;
  }
  tag local{10 * depth};
  return descend(depth - 1) + local.number;
}

[[weft::fiber]] int worker(int number) {
  shop::counter counts;
  tag one{number + 5};
  const tag& alias = one;
  int list[3] = {number, number + 1, number + 2};
  auto [left, right] = std::tuple<int, long>(3, 4);
  int got = 0;
  if (number > 1) {
    tag overlaps{number};
    got += counts.add(alias, 3);
    got += overlaps.number;
  } else {
    double overlaps = 2.5;
    got += descend(2);
    got += static_cast<int>(overlaps);
  }
  return got + left + static_cast<int>(right) + list[0] + alias.number;
}

[[weft::fiber]] int main() {
  weft::channel<int> numbers(1);
  auto sleeper = weft::spawn(worker, 1);
  auto counting = weft::spawn(worker, 2);
  auto receiver = weft::spawn([&] { return receive(numbers); });
  return sleeper.get() + counting.get();
}
