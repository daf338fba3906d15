// Generators after coroc's suite: squares, nested loops, FizzBuzz both ways,
// ranges, shadowing, closures over loop variables, methods, variadic sums.
// RUN: %check %s %t

#include "trace.h"

#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

[[weft::coroutine]] weft::generator<int> square_loop(int n) {
  for (int i = 1; i <= n; i++)
    weft::yield(i * i);
}
[[weft::coroutine]] weft::generator<int> square_twice(int n) {
  weft::yield_from(square_loop(n));
  for (int x : square_loop(n))
    weft::yield(x);
}
[[weft::coroutine]] weft::generator<int> even_squares(int n) {
  for (int i = 1; i <= n; i++) {
    if (i % 2)
      continue;
    int mod = i % 2;
    if (mod == 0)
      weft::yield(i * i);
  }
}
[[weft::coroutine]] weft::coroutine<int, void, int> nested_loops(int n) {
  int count = 0;
  for (int i = 1; i <= n; i++)
    for (int j = 1; j <= n; j++)
      for (int k = 1; k <= n; k++) {
        weft::yield(i * j * k);
        count++;
      }
  return count;
}
enum { fizz = -3, buzz = -5, fizz_buzz = -15 };
[[weft::coroutine]] weft::generator<int> fizz_buzz_if(int n) {
  for (int i = 1; i <= n; i++) {
    if (i % 3 == 0 && i % 5 == 0)
      weft::yield(fizz_buzz);
    else if (i % 3 == 0)
      weft::yield(fizz);
    else if (i % 5 == 0)
      weft::yield(buzz);
    else
      weft::yield(i);
  }
}
[[weft::coroutine]] weft::generator<int> fizz_buzz_switch(int n) {
  for (int i = 1; i <= n; i++) {
    switch ((i % 3 == 0) + 2 * (i % 5 == 0)) {
    case 3:
      weft::yield(fizz_buzz);
      break;
    case 1:
      weft::yield(fizz);
      break;
    case 2:
      weft::yield(buzz);
      break;
    default:
      weft::yield(i);
    }
  }
}
[[weft::coroutine]] weft::generator<int> shadowing(int) {
  int i = 0;
  weft::yield(i);
  if (int i = 1; true)
    weft::yield(i);
  weft::yield(i);
  for (int i = 1; i < 3; i++)
    weft::yield(i);
  weft::yield(i);
  for (int i : {1, 2})
    weft::yield(i);
  weft::yield(i);
  switch (int i = 1; i) {
  case 1:
    switch (int i = 2; i) {
    case 2:
      weft::yield(i);
    }
    weft::yield(i);
  }
  {
    int i = 1;
    {
      int i = 2;
      weft::yield(i);
    }
    weft::yield(i);
  }
  int j = i;
  {
    int j = 1;
    weft::yield(j);
  }
  weft::yield(j);
}
[[weft::coroutine]] weft::generator<int> ranges(int n) {
  std::vector<int> slice;
  for (int i = 0; i < n; ++i)
    slice.push_back(i);
  for (std::size_t i = 0; i < slice.size(); ++i)
    weft::yield(static_cast<int>(i) + slice[i]);
  int index = 0;
  for (const auto& each : slice)
    weft::yield(10 * index++ + each);
  std::map<std::string, int> m = {{"a", 1}, {"b", 2}};
  for (auto& [key, value] : m) {
    weft::yield(key[0]);
    value *= 2;
    weft::yield(value);
  }
  weft::yield(m["b"]);
}
[[weft::coroutine]] weft::generator<int> reverse_by_closure(int n) {
  std::vector<std::function<int()>> all;
  for (int i = 0; i < n; ++i) {
    all.push_back([i] { return i; });
    weft::yield(-1);
  }
  while (!all.empty()) {
    weft::yield(all.back()());
    all.pop_back();
  }
}
[[weft::coroutine]] weft::generator<int> closures_over_pointers(int n) {
  int i = 0;
  auto p = &i;
  auto more = [p, n] { return *p < n; };
  auto step = [&i]() mutable { return i++; };
  while (more())
    weft::yield(step());
  weft::yield(*p);
}
struct state {
  int i = 0;
  [[weft::coroutine]] weft::generator<int> generate(int n) {
    for (i = 0; i <= n; i++)
      weft::yield(i);
  }
};
[[weft::coroutine]] weft::generator<int> variadic(std::initializer_list<int> numbers) {
  for (int n : numbers)
    weft::yield(n);
}
[[weft::coroutine]] weft::coroutine<int, void, int> named_result() {
  int out = 0;
  weft::yield(1);
  out = 5;
  weft::yield(2);
  out *= 2;
  return out;
}

int main() {
  trace::exercise("square", [] { return square_loop(3); });
  trace::exercise("twice", [] { return square_twice(2); });
  trace::exercise("even", [] { return even_squares(6); });
  trace::exercise("nested", [] { return nested_loops(3); }, trace::closing);
  trace::exercise("fizz if", [] { return fizz_buzz_if(16); }, 0);
  trace::exercise("fizz switch", [] { return fizz_buzz_switch(16); }, 0);
  trace::exercise("shadowing", [] { return shadowing(0); }, trace::raising, 20);
  trace::exercise("ranges", [] { return ranges(3); });
  trace::exercise("reverse", [] { return reverse_by_closure(3); });
  trace::exercise("pointers", [] { return closures_over_pointers(3); });
  state s;
  auto g = s.generate(3);
  trace::advance(g, trace::many);
  std::printf("%d\n", s.i);
  auto numbers = {4, 5, 6};
  trace::exercise("variadic", [=] { return variadic(numbers); });
  trace::exercise("named", [] { return named_result(); });
}
