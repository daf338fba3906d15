// Generic lambdas; lambdas that hold closures; unnamed local types and other
// types without a name in the frame; constants declared together.
// RUN: %check %s %t

#include "trace.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

template <class G> void show(const char* what, G from) {
  std::printf("%s\n", what);
  trace::guarded([&] {
    while (from.next())
      std::printf("  = %d\n", static_cast<int>(from.value()));
  });
}

template <class T> int size_of(T&& value) { return sizeof(value); }
int length(const std::string& s) { return static_cast<int>(s.size()); }
int length(std::string&& s) { return 100 + static_cast<int>(s.size()); }

void generic() {
  auto by_value = [](auto value) -> weft::generator<int> {
    weft::yield(static_cast<int>(value));
    value += 1;
    weft::yield(static_cast<int>(value));
  };
  show("int", by_value(1));
  show("double", by_value(2.5));
  auto two = [](auto a, const auto& b, int c) -> weft::generator<int> {
    weft::yield(static_cast<int>(a.size()));
    weft::yield(static_cast<int>(b.size()));
    weft::yield(c);
  };
  const std::vector<int> three(3);
  show("two", two(std::string("four"), three, 5));
  auto forwarding = [](auto&& value) -> weft::generator<int> {
    weft::yield(1);
    weft::yield(length(std::forward<decltype(value)>(value)));
  };
  std::string s = "long enough";
  show("lvalue", forwarding(s));
  show("rvalue", forwarding(std::move(s)));
  auto moved = [](auto p) -> weft::generator<int> {
    weft::yield(*p);
    auto q = std::move(p);
    weft::yield(*q + 1);
  };
  show("move-only", moved(std::make_unique<int>(4)));
  auto pointer = [n = 7](auto* p) -> weft::generator<int> {
    weft::yield(*p);
    weft::yield(*p + n);
  };
  int i = 3;
  show("pointer", pointer(&i));
}

void closures_inside() {
  int base = 10;
  auto outer = [&base, more = 5](int n) -> weft::generator<int> {
    auto inner = [n, &base, more](int k) { return n + base + more + k; };
    weft::yield(inner(1));
    base = 20;
    weft::yield(inner(2));
    auto bare = [](int x) { return x * x; };
    weft::yield(bare(n));
    weft::yield(bare(inner(0)));
  };
  show("closure in a lambda", outer(100));
  auto helper = [](int x) { return x + 1; };
  auto capturing = [helper](int n) -> weft::generator<int> {
    weft::yield(helper(n));
    weft::yield(helper(helper(n)));
  };
  show("captured closure", capturing(1));
}

[[weft::coroutine]] weft::generator<int> without_names(int n) {
  struct {
    int a = 1;
    tracer t{"unnamed"};
  } object;
  weft::yield(object.a);
  enum { red = 3, green };
  typedef struct {
    int x, y;
  } point;
  for (int i = 0; i < n; ++i) {
    union {
      int whole;
      unsigned char first;
    } both{};
    point p{red, i};
    both.whole = 65;
    weft::yield(both.first);
    weft::yield(p.x + p.y + green);
  }
  const int a = 1, b = a + 1;
  constexpr int c = 5, d = c * 2;
  const int unknown = n, known = 4;
  int array[d];
  array[known] = unknown;
  weft::yield(a + b + c + d);
  weft::yield(array[known] + known + unknown);
}

int main() {
  generic();
  closures_inside();
  show("without names", without_names(2));
}
