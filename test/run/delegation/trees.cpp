// Recursion by `yield_from`: walking a tree, comparing the fringes of two, and
// enumerating permutations.
// RUN: %check %s %t

#include "trace.h"

#include <memory>
#include <string>
#include <utility>

struct tree {
  std::unique_ptr<tree> left;
  int value;
  std::unique_ptr<tree> right;

  [[weft::coroutine]] weft::generator<int> walk() const {
    if (left)
      weft::yield_from(left->walk());
    weft::yield(value);
    if (right)
      weft::yield_from(right->walk());
  }
  [[weft::coroutine]] weft::generator<int> fringe() const {
    if (!left && !right) {
      weft::yield(value);
      return;
    }
    if (left)
      weft::yield_from(left->fringe());
    if (right)
      weft::yield_from(right->fringe());
  }
};

std::unique_ptr<tree> balanced(int from, int to) {
  if (from >= to)
    return nullptr;
  int middle = (from + to) / 2;
  return std::unique_ptr<tree>(new tree{balanced(from, middle), middle, balanced(middle + 1, to)});
}
std::unique_ptr<tree> leaning(int from, int to) {
  if (from >= to)
    return nullptr;
  return std::unique_ptr<tree>(new tree{nullptr, from, leaning(from + 1, to)});
}

bool same(weft::generator<int> a, weft::generator<int> b) {
  for (;;) {
    bool more_a = a.next(), more_b = b.next();
    if (more_a != more_b)
      return false;
    if (!more_a)
      return true;
    if (a.value() != b.value())
      return false;
  }
}

[[weft::coroutine]] weft::generator<std::string&> permutations(std::string& text, std::size_t from) {
  if (from + 1 >= text.size()) {
    weft::yield(text);
    return;
  }
  for (std::size_t i = from; i < text.size(); ++i) {
    std::swap(text[from], text[i]);
    weft::yield_from(permutations(text, from + 1));
    std::swap(text[from], text[i]);
  }
}

[[weft::coroutine]] weft::generator<int> hanoi(int n, int from, int to) {
  if (n == 0)
    return {};
  int other = 6 - from - to;
  weft::yield_from(hanoi(n - 1, from, other));
  weft::yield(10 * from + to);
  weft::yield_from(hanoi(n - 1, other, to));
}

int main() {
  auto a = balanced(0, 7);
  auto b = leaning(0, 7);
  trace::exercise("balanced", [&] { return a->walk(); });
  trace::exercise("leaning", [&] { return b->walk(); });
  std::printf("%d %d %d\n", same(a->walk(), b->walk()), same(a->fringe(), b->fringe()),
              same(a->fringe(), a->fringe()));
  std::string text = "abcd";
  for (std::string& each : permutations(text, 0))
    std::printf("%s ", each.c_str());
  std::printf("\n");
  for (int move : hanoi(4, 1, 3))
    std::printf("%d ", move);
  std::printf("\n");
  auto deep = leaning(0, 3000);
  long sum = 0;
  for (int n : deep->walk())
    sum += n;
  std::printf("%ld\n", sum);
  auto half = deep->walk();
  for (int i = 0; i < 1500; ++i)
    half.next();
  std::printf("%d\n", half.value());
  half.close();
  std::printf("%d\n", half.done());
}
