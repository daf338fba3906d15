// From C++20 a generator is an input range and a view that pipes into the
// standard ones.
// RUN: %check %s %t
// STANDARD: 20

#include "trace.h"

#include <algorithm>
#include <ranges>
#include <string>

[[weft::coroutine]] weft::generator<int> up_to(int n) {
  tracer t("up to", n);
  for (int i = 0; i < n; ++i)
    weft::yield(i);
}

[[weft::coroutine]] weft::generator<std::string> words() {
  weft::yield("one");
  weft::yield("two");
  std::string three = "three";
  weft::yield(three);
}

using numbers = weft::generator<int>;
static_assert(std::ranges::input_range<numbers>);
static_assert(!std::ranges::forward_range<numbers>);
static_assert(std::ranges::view<numbers>);
static_assert(std::input_iterator<numbers::iterator>);
static_assert(std::ranges::input_range<weft::generator<const std::string&>>);

int main() {
  for (int n : up_to(20) | std::views::filter([](int n) { return n % 3 == 0; }) | std::views::take(4))
    std::printf("%d\n", n);
  for (int n : up_to(5) | std::views::transform([](int n) { return n * n; }) | std::views::drop(2))
    std::printf("%d\n", n);
  auto g = up_to(10);
  for (int n : std::ranges::ref_view(g) | std::views::take_while([](int n) { return n < 3; }))
    std::printf("%d\n", n);
  std::printf("at %d\n", g.value());
  auto found = std::ranges::find(g, 7);
  std::printf("found %d\n", *found);
  int sum = 0;
  std::ranges::for_each(up_to(4), [&](int n) { sum += n; });
  std::printf("sum %d\n", sum);
  for (const std::string& word : words() | std::views::drop(1))
    std::printf("%s\n", word.c_str());
}
