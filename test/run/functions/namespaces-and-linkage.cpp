// Coroutines in namespaces, anonymous, inline and static ones, overloads by
// namespace, forward declarations and mutual use.
// RUN: %check %s %t

#include "trace.h"

weft::generator<int> forward(int n);
[[weft::coroutine]] weft::generator<int> declared_twice(int n);

namespace outer {
int value = 3;
struct value_type {
  int v;
};
namespace {
[[weft::coroutine]] weft::generator<int> hidden(int n) {
  weft::yield(value);
  weft::yield(n);
}
} // namespace
inline namespace v1 {
[[weft::coroutine]] weft::generator<int> versioned(value_type t) {
  weft::yield(t.v + value);
  value_type u{t.v * 2};
  weft::yield(u.v);
}
} // namespace v1
namespace inner::deep {
[[weft::coroutine]] inline weft::generator<int> same_name(int n) {
  value_type local{n};
  weft::yield(local.v + value);
  for (int x : hidden(n))
    weft::yield(x);
}
} // namespace inner::deep
} // namespace outer

[[weft::coroutine]] static weft::generator<int> same_name(int n) {
  using namespace outer;
  value_type t{n};
  weft::yield(t.v);
  for (int x : outer::inner::deep::same_name(n + 1))
    weft::yield(x);
  for (int x : forward(2))
    weft::yield(x);
}

[[weft::coroutine]] weft::generator<int> forward(int n) {
  weft::yield(-n);
  if (n > 0)
    for (int x : declared_twice(n - 1))
      weft::yield(x);
}

weft::generator<int> declared_twice(int n) {
  weft::yield(100 * n);
  for (int x : forward(n))
    weft::yield(x);
}

extern "C++" {
[[weft::coroutine]] weft::generator<int> linkage() {
  weft::yield(1);
}
}

[[weft::coroutine]] auto trailing(int n) -> weft::generator<int> {
  weft::yield(n);
}

int main() {
  trace::exercise("same name", [] { return same_name(1); });
  trace::exercise("versioned", [] { return outer::versioned({4}); });
  trace::exercise("linkage", [] { return linkage(); });
  trace::exercise("trailing", [] { return trailing(5); });
  weft::generator<int> (*pointer)(int) = forward;
  trace::exercise("pointer", [=] { return pointer(1); });
}
