// `const`, `constexpr`, `static`, `thread_local` and `extern` locals keep their
// meaning; constants stay usable in constant expressions after a pause.
// RUN: %check %s %t

#include "trace.h"

int elsewhere = 5;

template <int N> int constant() { return N; }

[[weft::coroutine]] weft::generator<int> constants(int n) {
  constexpr int size = 3;
  const int fixed = 4;
  const int computed = n * 2;
  weft::yield(size + fixed + computed);
  int list[size] = {1, 2, 3};
  weft::yield(constant<size>() + constant<fixed>() + list[size - 1]);
  static_assert(size == 3 && fixed == 4);
  constexpr const char* text = "text";
  constexpr char letters[] = {'a', 'b', '\0'};
  weft::yield(text[0] + letters[1]);
  switch (n) {
  case size:
    weft::yield(computed);
    break;
  case fixed:
    weft::yield(fixed);
  }
  const tracer object("object", computed);
  weft::yield(object.check().number);
  const int& reference = size;
  weft::yield(reference);
  enum constants { local_constant = 7 };
  weft::yield(constant<local_constant>());
  const int* address = &fixed;
  weft::yield(*address);
}

[[weft::coroutine]] weft::generator<int> statics(int n) {
  static int calls = 0;
  ++calls;
  weft::yield(calls);
  static tracer once("once", n);
  weft::yield(once.check().number);
  static const int first = n;
  weft::yield(first);
  calls += 100;
  weft::yield(calls);
  extern int elsewhere;
  ++elsewhere;
  weft::yield(elsewhere);
  thread_local int per_thread = 1;
  weft::yield(++per_thread);
  {
    static int calls = 1000;
    weft::yield(++calls);
  }
  weft::yield(calls);
  int declared_here(int);
  weft::yield(declared_here(3));
}

int declared_here(int n) { return n * n; }

int main() {
  trace::exercise("constants", [] { return constants(3); });
  trace::exercise("constants", [] { return constants(4); });
  for (int n = 1; n < 4; ++n) {
    auto g = statics(n);
    trace::advance(g, trace::many);
  }
}
