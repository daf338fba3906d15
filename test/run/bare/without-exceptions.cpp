// Everything that needs neither exceptions nor RTTI works without them, and
// misuse calls the handler.
// RUN: %check %s %t
// MODE: bare
// ORACLE: expected

#include <weft/coroutine.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

struct guard {
  const char* name;
  explicit guard(const char* name) : name(name) {}
  guard(const guard&) = delete;
  ~guard() { std::printf("- %s\n", name); }
};

[[weft::coroutine]] weft::generator<int> counting(int n) {
  guard outer("outer");
  for (int i = 0; i < n; ++i) {
    guard body("body");
    if (i == 1)
      continue;
    weft::yield(i);
  }
}

[[weft::coroutine]] weft::coroutine<int, int, int> adder() {
  int sum = 0;
  for (;;) {
    int got = weft::yield<int>(sum);
    if (got == 0)
      return sum;
    sum += got;
  }
}

[[weft::coroutine]] weft::generator<int> delegating() {
  guard g("delegating");
  weft::yield_from(counting(3));
  weft::yield(-1);
}

weft::generator<int> pass(weft::generator<int> g) { return g; }

int main() {
  for (int n : counting(3))
    std::printf("%d\n", n);
  auto a = adder();
  a.next();
  a.send(4);
  a.send(5);
  a.send(0);
  std::printf("%d\n", a.result());
  auto d = pass(delegating());
  d.next();
  d.close();
  for (int n : pass(delegating()))
    std::printf("%d\n", n);
  weft::set_misuse_handler([](weft::coroutine_errc code) {
    std::printf("misuse: %s\n", weft::message(code));
    std::fflush(stdout);
    std::_Exit(0);
  });
  auto g = pass(counting(1));
  g.next();
  g.next();
  g.next();
  std::printf("not reached\n");
}

/* EXPECTED
0
- body
- body
2
- body
- outer
9
- body
- outer
- delegating
0
- body
- body
2
- body
- outer
-1
- delegating
- body
- outer
misuse: coroutine has ended
*/
