// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Checkpoints in loops of every kind, among objects, jumps, handlers and references.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <string>
#include <vector>

[[weft::green]] int add(int a, int b) { return a + b; }

[[weft::green]] int loops(int n) {
  int sum = 0;
  for (int i = 0, k = n; i < k; ++i) {
    tracer t("for", i);
    if (i == 1)
      continue;
    if (i == 4)
      break;
    const int& seen = i;
    sum = add(sum, seen);
  }
  int w = 0;
  while (tracer("while", w).number < 3)
    if (++w == 2)
      continue;
    else
      sum += w;
  while (int left = 3 - w) {
    at("left", left);
    ++w;
  }
  do {
    tracer t("do", w);
    if (w-- == 2)
      continue;
    at("w", w);
  } while (add(w, 0) > 0);
  for (const std::string& each : std::vector<std::string>{"a", "bb", "ccc"}) {
    if (each.size() == 2)
      continue;
    sum += add(each.size(), 1);
  }
  int table[2][3] = {{1, 2, 3}, {4, 5, 6}};
  for (auto& row : table)
    for (int& each : row)
      each *= 2;
  return sum + table[1][2];
}

[[weft::green]] int jumps(int n) {
  int count = 0;
again:
  tracer t("again", count);
  if (++count < n)
    goto again;
  {
    tracer inner("inner", count);
  back:
    tracer more("back", count);
    count += 2;
    if (count < 2 * n)
      goto back;
    if (count == 2 * n)
      goto out;
    at("odd", count);
  }
out:
  // Duff's device: the loop is entered in its middle.
  int rest = n;
  switch (n % 3) {
  case 0:
    do {
      at("zero", rest);
      [[fallthrough]];
  case 2:
      at("two", rest);
      [[fallthrough]];
  case 1:
      at("one", rest);
    } while ((rest -= 3) > 0);
  }
  return count;
}

[[weft::green]] void handlers() {
  for (int i = 0; i < 4; ++i)
    try {
      tracer t("try", i);
      for (int k = 0;; ++k)
        if (k == i)
          throw k;
    } catch (int& e) {
      tracer t("caught", e);
      for (int k = 0; k < 2; ++k)
        e += k;
      if (e == 2)
        continue;
      if (e == 4)
        break;
      weft::checkpoint();
      at("e", e);
    }
}

struct tree {
  tree* left = nullptr;
  tree* right = nullptr;
  int value = 0;
  [[weft::green]] int sum() const {
    return value + (left ? left->rest() : 0) + (right ? right->rest() : 0);
  }
  int rest() const { return value; }
  [[weft::green]] long walk(int depth) {
    long total = value;
    for (tree* each : {left, right})
      if (each && depth)
        total += each->walk(depth - 1);
    return total;
  }
};

template <class T> [[weft::green]] T largest(const std::vector<T>& of) {
  T most{};
  for (const T& each : of)
    if (most < each)
      most = each;
  return most;
}

static int pointed(int (*f)(int)) { return f(5); }

[[weft::fiber]] void all() {
  at("loops", loops(6));
  for (int n = 1; n < 5; ++n)
    at("jumps", jumps(n));
  handlers();
  tree a{nullptr, nullptr, 1}, b{&a, nullptr, 2}, c{&a, &b, 4};
  at("tree", c.sum());
  at("walk", static_cast<int>(c.walk(3)));
  at("largest", largest(std::vector<int>{3, 9, 2}));
  at("pointed", pointed(jumps));
  cede();
}

int main() { trace::exercise("green", all); }
