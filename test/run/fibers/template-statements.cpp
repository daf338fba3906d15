// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All kinds of statements and initialisers of a template whose types depend.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <string>
#include <vector>
#include <map>
#include <memory>
#include <optional>
struct point {
  int x = 1;
  int y = 2;
};
[[weft::fiber]] static int slow(int n) {
  cede(n);
  at("slow", n);
  return n;
}
[[weft::fiber]] static std::string word(int n) {
  cede(n);
  return std::string(n, 'w');
}
template <class... T> static int sum(T... t) { return (0 + ... + t); }
template <class T> [[weft::fiber]] static T pass(T t) {
  cede(1);
  return t;
}

template <class T> [[weft::fiber]] static void each(const std::vector<T>& all) {
  for (const T& one : all)
    at("one", int(slow(int(one))));
  std::map<T, int> counts;
  for (const T& one : all)
    counts[one] += slow(int(one));
  for (auto& [key, value] : counts)
    at("count", int(key) + value);
  std::optional<T> found = all.empty() ? std::optional<T>() : pass(all.front());
  if (found)
    at("found", int(*found));
  std::vector<T> copies{pass(all[0]), T(slow(2)), all[1]};
  at("copies", int(copies.size()) + int(copies[0]));
  point p{slow(3), int(pass(all[0]))};
  at("p", p.x * 10 + p.y);
  auto pair = std::make_pair(pass(all[0]), word(2));
  at("pair", int(pair.first) + int(pair.second.size()));
  at("nested", sum(slow(1), sum(int(pass(all[1])), slow(2))));
  T last{};
  while (last < all[0] && slow(1))
    ++last;
  do {
    last += T(slow(1));
  } while (last < all[0] + pass(T(1)));
  at("last", int(last));
  T array[2] = {pass(all[0]), T(5)};
  at("array", int(array[0] + array[1]));
  auto text = "t" + word(1) + std::to_string(pass(all[0]));
  at("text", int(text.size()));
  const std::unique_ptr<T> made(new T(pass(all[0])));
  at("made", int(*made));
again:
  if (slow(0))
    goto again;
  switch (auto n = int(pass(all[0])); n) {
  case 3:
    at("three", slow(n));
    [[fallthrough]];
  default:
    at("other", n);
  }
  try {
    if (slow(1))
      throw pass(all[0]);
  } catch (T caught) {
    at("caught", int(caught) + slow(1));
  }
  auto lambda = [&](int k) { return slow(k) + int(all[0]); };
  at("lambda", lambda(4));
  const auto& [first, second] = std::pair<int, T>(slow(1), pass(all[0]));
  at("first", first + int(second));
  int x = 0, y = 1;
  (slow(1) ? x : y) = slow(7);
  at("xy", x * 10 + y);
  at("?", slow(0) ? slow(1) : int(pass(all[0])));
}

[[weft::fiber]] static void body() {
  each(std::vector<int>{3, 4, 3});
  each(std::vector<double>{3, 4.5});
}

int main() { trace::exercise("template statements", body); }
