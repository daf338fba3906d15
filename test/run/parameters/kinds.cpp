// Parameters by value move into the frame and die with the body; references stay
// references; unnamed, defaulted, const, array and function ones work as in any
// function.
// RUN: %check %s %t

#include "trace.h"

#include <memory>
#include <string>

using trace::movable;

// Says only when it ends: the order of a call's arguments is not specified.
struct silent {
  const char* name;
  explicit silent(const char* name) : name(name) {}
  silent(silent&& from) : name(std::exchange(from.name, nullptr)) {}
  ~silent() {
    if (name)
      std::printf("  %s ends\n", name);
  }
};

[[weft::coroutine]] weft::generator<int> by_value(tracer a, const int b) {
  at("body");
  weft::yield(a.check().number + b);
  a.number = 10;
  weft::yield(a.number + b);
  tracer local("local");
  weft::yield(0);
}

[[weft::coroutine]] weft::generator<int> by_reference(tracer& a, const tracer& b) {
  weft::yield(a.check().number + b.check().number);
  a.number += 1;
  weft::yield(a.number);
}

[[weft::coroutine]] weft::generator<int> move_only(movable m, std::unique_ptr<int> p) {
  weft::yield(*p + m.check().number);
  std::unique_ptr<int> taken = std::move(p);
  weft::yield(*taken + (p == nullptr));
  movable other(std::move(m));
  weft::yield(other.number);
}

[[weft::coroutine]] weft::generator<int> several(silent first, silent second, silent third) {
  silent local("local");
  weft::yield(1);
  silent taken(std::move(second));
  weft::yield(2);
  (void)first, (void)third;
}

[[weft::coroutine]] weft::generator<int> unused([[maybe_unused]] tracer kept, int, const char* = nullptr) {
  weft::yield(1);
  weft::yield(2);
}

[[weft::coroutine]] weft::generator<int> unnamed(int (*)(int), silent, std::unique_ptr<std::unique_ptr<silent>>) {
  weft::yield(1);
}

[[weft::coroutine]] weft::generator<int> defaults(int a = 1, std::string s = "text", int* p = nullptr) {
  weft::yield(a + static_cast<int>(s.size()));
  s += "more";
  if (p)
    ++*p;
  weft::yield(static_cast<int>(s.size()) + (p ? *p : 0));
}

int twice(int n) { return 2 * n; }
[[weft::coroutine]] weft::generator<int> decayed(int list[3], int f(int), const int n) {
  for (int i = 0; i < n; ++i)
    weft::yield(f(list[i]));
}

[[weft::coroutine]] weft::generator<int> references_to_arrays(int (&list)[2], int (*&f)(int)) {
  weft::yield(list[0]);
  list[1] = f(list[1]);
  weft::yield(list[1]);
}

[[weft::coroutine]] weft::generator<int> assigned(int n, tracer t) {
  while (n > 0) {
    weft::yield(n);
    n -= 2;
    t = tracer("new", n);
  }
  weft::yield(t.check().number);
}

[[weft::coroutine]] weft::generator<int> rvalue_reference(tracer&& t) {
  tracer taken(std::move(t));
  weft::yield(taken.check().number);
  weft::yield(taken.number + 1);
}

// All are made by callers that hand the coroutine on: into storage on the heap.
weft::generator<int> make_by_value() { return by_value(tracer("a", 1), 2); }

int main() {
  trace::exercise("by value", make_by_value);
  tracer x("x", 3), y("y", 4);
  trace::exercise("copied", [&] { return by_value(x, 4); });
  trace::exercise("by reference", [&] { return by_reference(x, y); });
  trace::exercise("move only", [] { return move_only(movable("m", 6), std::make_unique<int>(5)); });
  trace::exercise("unused", [] { return unused(tracer("k", 3), 2); });
  trace::exercise("unnamed", [] {
    return unnamed(twice, silent("u"), std::make_unique<std::unique_ptr<silent>>(std::make_unique<silent>("v")));
  });
  trace::exercise("several", [] { return several(silent("a"), silent("b"), silent("c")); });
  int n = 1;
  trace::exercise("defaults", [&] { return defaults(2, "x", &n); });
  trace::exercise("defaults", [] { return defaults(); });
  int list[] = {1, 2, 3};
  trace::exercise("decayed", [&] { return decayed(list, twice, 3); });
  int pair[] = {4, 5};
  int (*f)(int) = twice;
  trace::exercise("references", [&] { return references_to_arrays(pair, f); });
  trace::exercise("assigned", [] { return assigned(3, tracer("t")); });
  tracer target("target", 9);
  auto g = rvalue_reference(std::move(target));
  trace::advance(g, trace::many);
}
