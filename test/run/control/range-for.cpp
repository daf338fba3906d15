// Range-for around pauses: over arrays, containers, temporaries and generators,
// by value and by reference; the range outlives the loop's rounds.
// RUN: %check %s %t

#include "trace.h"

#include <initializer_list>
#include <vector>

struct range {
  tracer owner;
  tracer items[3] = {tracer("x", 1), tracer("y", 2), tracer("z", 3)};
  explicit range(const char* name) : owner(name) {}
  tracer* begin() { return items; }
  tracer* end() { return items + 3; }
};

[[weft::coroutine]] weft::generator<int> over_temporary() {
  for (const tracer& t : range("range")) {
    weft::yield(t.number);
    tracer body("body", t.number);
    if (t.number == 2)
      continue;
    weft::yield(10 * t.number);
  }
  at("after");
}

[[weft::coroutine]] weft::generator<int> by_value(range& r) {
  for (tracer t : r) {
    t.number += 100;
    weft::yield(t.number);
    if (t.number == 102)
      break;
  }
}

[[weft::coroutine]] weft::generator<int> over_array() {
  int numbers[] = {1, 2, 3};
  for (int& n : numbers) {
    n *= 2;
    weft::yield(n);
  }
  for (auto n : numbers)
    weft::yield(n);
  for (auto n : {7, 8, 9})
    weft::yield(n);
}

[[weft::coroutine]] weft::generator<int> over_vector(std::vector<int> numbers) {
  for (auto it = numbers.begin(); it != numbers.end(); ++it)
    weft::yield(*it);
  for (auto&& n : numbers) {
    for (const auto& m : numbers)
      if (n != m)
        weft::yield(10 * n + m);
  }
}

[[weft::coroutine]] weft::generator<int> over_generator(int n) {
  for (int x : over_array()) {
    if (x == n)
      return;
    weft::yield(-x);
  }
  auto g = over_array();
  for (auto& x : g)
    weft::yield(x);
}

[[weft::coroutine]] weft::generator<const tracer&> references(range& r) {
  for (auto& t : r)
    weft::yield(t);
}

struct only_prefix {
  int n;
  int operator*() const { return n; }
  only_prefix& operator++() {
    ++n;
    return *this;
  }
  bool operator!=(const only_prefix& other) const { return n != other.n; }
};
namespace found_by_adl {
struct span {
  int first, last;
};
only_prefix begin(const span& s) { return {s.first}; }
only_prefix end(const span& s) { return {s.last}; }
} // namespace found_by_adl

[[weft::coroutine]] weft::generator<int> through_adl() {
  for (int i : found_by_adl::span{2, 5})
    weft::yield(i);
}

int main() {
  trace::exercise("temporary", [] { return over_temporary(); });
  range r("r");
  trace::exercise("by value", [&] { return by_value(r); });
  trace::exercise("array", [] { return over_array(); });
  trace::exercise("vector", [] { return over_vector({1, 2, 3}); });
  trace::exercise("generator", [] { return over_generator(6); });
  trace::exercise("references", [&] { return references(r); });
  trace::exercise("adl", [] { return through_adl(); });
}
