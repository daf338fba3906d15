// Allocations: one for a coroutine that is handed on, none for a range-for
// operand, for a local that is neither moved nor handed on, and for inline_frame.
// RUN: %check %s %t
// ORACLE: expected
// FLAGS: -DWEFT_KEEP_FRAMES=0

#include <weft/coroutine.h>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <utility>

int allocations = 0, frees = 0;

[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* at = std::malloc(size))
    return at;
  std::abort();
}
[[gnu::noinline]] void operator delete(void* at) noexcept {
  ++frees;
  std::free(at);
}
[[gnu::noinline]] void operator delete(void* at, std::size_t) noexcept {
  ++frees;
  std::free(at);
}

[[weft::coroutine]] weft::generator<int> counting(int n) {
  for (int i = 0; i < n; ++i)
    weft::yield(i);
}
[[weft::coroutine]] weft::coroutine<int, int, int> adder(int n) {
  int sum = 0;
  while (n--) {
    int got = weft::yield<int>(sum);
    sum += got;
  }
  return sum;
}
[[weft::coroutine]] weft::generator<int, weft::inline_frame<64>> inside(int n) {
  for (int i = 0; i < n; ++i)
    weft::yield(2 * i);
}
[[weft::coroutine]] weft::generator<int> nested(int n) {
  for (int x : counting(n))
    weft::yield(x);
  auto local = counting(n);
  while (local.next())
    weft::yield(-local.value());
}

weft::generator<int> make(int n) { return counting(n); }
int sum_of(weft::generator<int>& g) {
  int sum = 0;
  while (g.next())
    sum += g.value();
  return sum;
}

template <class F> void measure(const char* what, F&& body) {
  allocations = frees = 0;
  int result = body();
  std::printf("%s: %d, %d made, %d freed\n", what, result, allocations, frees);
}

int main() {
  measure("range-for operand", [] {
    int sum = 0;
    for (int n : counting(10))
      sum += n;
    return sum;
  });
  measure("local", [] {
    auto g = counting(10);
    int sum = 0;
    while (g.next())
      sum += g.value();
    return sum;
  });
  measure("local with range-for, left early", [] {
    auto g = counting(10);
    int sum = 0;
    for (int n : g) {
      sum += n;
      if (n == 5)
        break;
    }
    g.close();
    return sum;
  });
  measure("local that receives and returns", [] {
    auto c = adder(3);
    c.next();
    while (c.send(5)) {
    }
    return c.result();
  });
  measure("local with its type written", [] {
    weft::generator<int> g = counting(4);
    g.next();
    g.next();
    return g.value();
  });
  measure("nested", [] {
    int sum = 0;
    for (int n : nested(5))
      sum += n * n;
    return sum;
  });
  measure("inline", [] {
    auto g = inside(5);
    int sum = 0;
    while (g.next())
      sum += g.value();
    return sum;
  });
  measure("inline as range", [] {
    int sum = 0;
    for (int n : inside(5))
      sum += n;
    return sum;
  });
  measure("moved", [] {
    auto g = counting(10);
    auto h = std::move(g);
    int sum = 0;
    while (h.next())
      sum += h.value();
    return sum;
  });
  measure("handed on", [] {
    auto g = counting(10);
    return sum_of(g);
  });
  measure("returned", [] {
    auto g = make(10);
    return sum_of(g);
  });
}

/* EXPECTED
range-for operand: 45, 0 made, 0 freed
local: 45, 0 made, 0 freed
local with range-for, left early: 15, 0 made, 0 freed
local that receives and returns: 15, 0 made, 0 freed
local with its type written: 1, 0 made, 0 freed
nested: 60, 0 made, 0 freed
inline: 20, 0 made, 0 freed
inline as range: 20, 0 made, 0 freed
moved: 45, 1 made, 1 freed
handed on: 45, 1 made, 1 freed
returned: 45, 1 made, 1 freed
*/
