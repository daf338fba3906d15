// A leading `std::allocator_arg_t, Alloc` says where the frame comes from, for
// functions, members and templates; it gets everything back.
// RUN: %check %s %t
// ORACLE: expected

#include <weft/coroutine.h>

#include <cstdio>
#include <memory>
#include <memory_resource>

struct pool {
  int made = 0, freed = 0;
};
template <class T> struct pooled {
  using value_type = T;
  pool* from;
  explicit pooled(pool& from) : from(&from) {}
  template <class U> pooled(const pooled<U>& other) : from(other.from) {}
  T* allocate(std::size_t n) {
    ++from->made;
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T* at, std::size_t n) {
    ++from->freed;
    std::allocator<T>().deallocate(at, n);
  }
  template <class U> bool operator==(const pooled<U>& other) const { return from == other.from; }
  template <class U> bool operator!=(const pooled<U>& other) const { return from != other.from; }
};

struct guard {
  ~guard() { std::printf("guard\n"); }
};

[[weft::coroutine]] weft::generator<int> counting(std::allocator_arg_t, pooled<char>, int n) {
  guard g;
  for (int i = 0; i < n; ++i)
    weft::yield(i);
}
template <class Alloc>
[[weft::coroutine]] weft::generator<int> any(std::allocator_arg_t, const Alloc&, int n) {
  weft::yield(n);
  weft::yield(n + 1);
}
struct counter {
  int n = 2;
  [[weft::coroutine]] weft::generator<int> run(std::allocator_arg_t, pooled<int>) {
    weft::yield(n);
    n = 5;
    weft::yield(n);
  }
};
weft::generator<int> pass(weft::generator<int> g) { return g; }

int main() {
  pool p;
  {
    auto g = pass(counting(std::allocator_arg, pooled<char>(p), 3));
    while (g.next())
      std::printf("%d\n", g.value());
    auto h = pass(counting(std::allocator_arg, pooled<char>(p), 3));
    h.next();
  }
  std::printf("%d made, %d freed\n", p.made, p.freed);
  {
    counter c;
    auto g = pass(c.run(std::allocator_arg, pooled<int>(p)));
    while (g.next())
      std::printf("%d\n", g.value());
    auto h = pass(any(std::allocator_arg, pooled<long>(p), 7));
    while (h.next())
      std::printf("%d\n", h.value());
    auto i = pass(any(std::allocator_arg, std::allocator<int>(), 9));
    while (i.next())
      std::printf("%d\n", i.value());
  }
  std::printf("%d made, %d freed\n", p.made, p.freed);
  std::byte buffer[400];
  std::pmr::monotonic_buffer_resource resource(buffer, sizeof(buffer), std::pmr::null_memory_resource());
  auto g = pass(any(std::allocator_arg, std::pmr::polymorphic_allocator<int>(&resource), 11));
  while (g.next())
    std::printf("%d\n", g.value());
}

/* EXPECTED
0
1
2
guard
guard
2 made, 2 freed
2
5
7
8
9
10
4 made, 4 freed
11
12
*/
