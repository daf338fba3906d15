// Members of class templates: operands of dependent type are referred to when they are objects, kept when not.
// RUN: %check %s %t

#include <weft/coroutine.h>

#include "trace.h"

#include <cstddef>
#include <vector>

template <class T> class ring {
public:
  explicit ring(std::vector<T> from) : items(static_cast<std::vector<T>&&>(from)) {}

  [[weft::coroutine]] weft::generator<T> all() {
    for (std::size_t i = 0; i < items.size(); ++i)
      weft::yield(items[i]);
  }
  [[weft::coroutine]] weft::generator<T> sums(T start) {
    T sum = start;
    for (std::size_t i = 0; i < items.size(); ++i) {
      weft::yield(sum + items[i]);
      sum = sum + items[i];
    }
  }

private:
  std::vector<T> items;
};

int main() {
  ring<int> numbers({1, 2, 3});
  for (int& x : numbers.all())
    std::printf("%d\n", x);
  for (int x : numbers.sums(10))
    std::printf("%d\n", x);
  ring<std::vector<int>> lists({{1}, {2, 3}});
  for (auto& x : lists.all())
    std::printf("%zu\n", x.size());
}
