// Coroutines that are members, friends, lambdas or local classes' members are
// kept in place as others are: nothing is allocated, whatever calls them.
// RUN: %check %s %t
// ORACLE: expected
// FLAGS: -DWEFT_KEEP_FRAMES=0

#include <weft/coroutine.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <utility>

int allocations = 0;

[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* at = std::malloc(size))
    return at;
  std::abort();
}
[[gnu::noinline]] void operator delete(void* at) noexcept { std::free(at); }
[[gnu::noinline]] void operator delete(void* at, std::size_t) noexcept {
  std::free(at);
}

struct counted {
  const char* what;
  int before = allocations;
  ~counted() { std::printf("%s: %d\n", what, allocations - before); }
};

struct unnamed {
  static inline int live = 0;
  unnamed() { ++live; }
  unnamed(const unnamed&) { ++live; }
  ~unnamed() { --live; }
};

class box {
  struct hidden {
    int value;
  };
  int secret = 3;

public:
  // Inside the class, with a type that only members may name.
  [[weft::coroutine]] weft::generator<int> up(int n) const {
    hidden h{secret};
    for (int i = 0; i < n; ++i)
      weft::yield(i * h.value);
  }
  [[weft::coroutine]] weft::generator<int> up(const char*) { weft::yield(-secret); }
  // Outside of it, with a default argument.
  [[weft::coroutine]] weft::generator<int> down(int from = 4);
  [[weft::coroutine]] weft::generator<int>
  both(int n) const& noexcept;
  [[weft::coroutine]] weft::generator<int> both(int n) && {
    weft::yield(n);
    weft::yield(secret);
  }
  [[weft::coroutine]] static weft::generator<int> fixed(std::unique_ptr<int> p,
                                                        unnamed, int) {
    weft::yield(*p);
    weft::yield(unnamed::live);
  }
  [[weft::coroutine]] friend weft::generator<int> secrets(const box& b, int n) {
    weft::yield(b.secret + n);
    if (n)
      for (int each : secrets(b, n - 1)) // recursive: on the heap
        weft::yield(each);
  }
  friend weft::generator<int> outside(box& b);
  template <class T> [[weft::coroutine]] weft::generator<T> scaled(T by) const {
    weft::yield(T(secret) * by);
  }
  template <class T> [[weft::coroutine]] weft::generator<T> later(T by) const;

  // A member coroutine keeps others in its frame.
  [[weft::coroutine]] weft::coroutine<int, int, int> nested() {
    int sum = 0;
    for (int each : up(3))
      sum += weft::yield<int>(each);
    auto other = this->up("x");
    while (other.next())
      sum += weft::yield<int>(other.value());
    auto constant = std::as_const(*this).up(2);
    while (constant.next())
      sum += weft::yield<int>(constant.value());
    return sum;
  }
};
weft::generator<int> box::down(int from) {
  while (from)
    weft::yield(from-- * secret);
}
weft::generator<int> box::both(int n) const& noexcept {
  weft::yield(-n);
  weft::yield(-secret);
}
[[weft::coroutine]] weft::generator<int> outside(box& b) {
  b.secret = 8;
  weft::yield(b.secret);
}
template <class T> weft::generator<T> box::later(T by) const {
  weft::yield(T(secret) + by);
}

template <class T, int N> struct list {
  T items[N];
  [[weft::coroutine]] weft::generator<T> all();
  [[weft::coroutine]] weft::generator<T&> some(int n) {
    for (int i = 0; i < n; ++i)
      weft::yield(items[i]);
  }
  struct inner {
    T one;
    [[weft::coroutine]] weft::generator<T> twice();
  };
};
template <class T, int N> weft::generator<T> list<T, N>::all() {
  for (T& each : some(N))
    weft::yield(each);
}
template <class T, int N> weft::generator<T> list<T, N>::inner::twice() {
  weft::yield(one);
  weft::yield(one);
}

struct base {
  virtual ~base() = default;
  [[weft::coroutine]] virtual weft::generator<int> which() { weft::yield(1); }
  [[weft::coroutine]] weft::generator<int> plain(int n) { weft::yield(n); }
};
struct derived final : base {
  [[weft::coroutine]] weft::generator<int> which() override { weft::yield(2); }
};
struct hiding : base {
  using base::plain;
  [[weft::coroutine]] weft::generator<int> plain(double d) {
    weft::yield(static_cast<int>(100 * d));
  }
};

template <class G> void show(G&& from) {
  while (from.next())
    std::printf(" %d", static_cast<int>(from.value()));
  std::printf("\n");
}

int main() {
  box b;
  auto p = std::make_unique<int>(7);
  {
    counted c{"members"};
    for (int v : b.up(3)) std::printf(" %d", v);
    for (int v : b.up("y")) std::printf(" %d", v);
    for (int v : b.down()) std::printf(" %d", v);
    auto two = b.down(2);
    while (two.next()) std::printf(" %d", two.value());
    for (int v : b.both(5)) std::printf(" %d", v);
    for (int v : std::move(b).both(5)) std::printf(" %d", v);
    for (int v : box::fixed(std::move(p), unnamed(), 1)) std::printf(" %d", v);
    for (double v : b.scaled(1.5)) std::printf(" %g", v);
    for (int v : b.later<short>(9)) std::printf(" %d", v);
    for (int v : outside(b)) std::printf(" %d", v);
    std::printf("\n");
  }
  {
    counted c{"recursive friend"};
    for (int v : secrets(b, 2)) std::printf(" %d", v);
    std::printf("\n");
  }
  {
    counted c{"in a member coroutine"};
    auto n = b.nested();
    n.next();
    while (n.send(10)) std::printf(" %d", n.value());
    std::printf(" = %d\n", n.result());
  }
  {
    counted c{"class templates"};
    list<long, 3> l{{1, 2, 3}};
    for (long v : l.all()) std::printf(" %ld", v);
    for (long& v : l.some(2)) v *= 2;
    for (long v : l.all()) std::printf(" %ld", v);
    list<long, 3>::inner i{4};
    for (long v : i.twice()) std::printf(" %ld", v);
    std::printf("\n");
  }
  {
    counted c{"virtual: only the final class"};
    derived d;
    base& any = d;
    for (int v : any.which()) std::printf(" %d", v);
    for (int v : d.which()) std::printf(" %d", v);
    for (int v : d.base::which()) std::printf(" %d", v);
    std::printf("\n");
  }
  {
    counted c{"hidden: what came by using"};
    hiding h;
    for (int v : h.plain(1)) std::printf(" %d", v);
    for (int v : h.plain(1.5)) std::printf(" %d", v);
    for (int v : h.base::plain(2)) std::printf(" %d", v);
    std::printf("\n");
  }
  {
    counted c{"lambdas"};
    int base = 10;
    auto by_reference = [&](int n) -> weft::generator<int> {
      for (int i = 0; i < n; ++i)
        weft::yield(base + i);
    };
    for (int v : by_reference(2)) std::printf(" %d", v);
    base = 20;
    auto again = by_reference(1);
    again.next();
    std::printf(" %d", again.value());
    const auto by_copy = [base]() mutable -> weft::coroutine<int> {
      weft::yield(base);
      weft::yield(base + 1);
    };
    (void)sizeof(by_copy);
    for (int v : [](int k) -> weft::generator<int> { weft::yield(k * 20); }(9))
      std::printf(" %d", v);
    std::printf("\n");
  }
  {
    counted c{"lambda that is handed on as well"};
    auto handed_on = [](int n) -> weft::generator<int> { weft::yield(n); };
    for (int v : handed_on(2)) std::printf(" %d", v);
    show(handed_on(3));
  }
  {
    counted c{"local class"};
    struct local {
      int n;
      [[weft::coroutine]] weft::generator<int> items() {
        for (int i = 0; i < n; ++i)
          weft::yield(i);
      }
    } l{3};
    for (int v : l.items()) std::printf(" %d", v);
    std::printf("\n");
  }
  {
    counted c{"in a coroutine that is a lambda"};
    auto outer = [&](int n) -> weft::generator<int> {
      auto inner = [n](int k) -> weft::generator<int> {
        weft::yield(n);
        weft::yield(k);
      };
      for (int v : inner(7))
        weft::yield(v);
      for (int v : b.up(2))
        weft::yield(v);
    };
    for (int v : outer(6)) std::printf(" %d", v);
    std::printf("\n");
  }
}

/* EXPECTED
 0 3 6 -3 12 9 6 3 6 3 -5 -3 5 3 7 1 4.5 12 8
members: 0
 10 9 8
recursive friend: 2
 8 16 -8 0 8 = 60
in a member coroutine: 0
 1 2 3 2 4 3 4 4
class templates: 2
 2 2 1
virtual: only the final class: 1
 1 150 2
hidden: what came by using: 1
 10 11 20 180
lambdas: 0
 2 3
lambda that is handed on as well: 2
 0 1 2
local class: 0
 6 7 0 8
in a coroutine that is a lambda: 0
*/
