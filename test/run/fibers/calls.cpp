// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls of fiber functions: parameters and results of every kind, at any depth,
// with exceptions at each level.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <string>
#include <vector>

struct point {
  int x, y;
};

[[weft::fiber]] tracer make(int number) {
  tracer made("made", number);
  cede();
  return made;
}
[[weft::fiber]] trace::pinned make_pinned() {
  cede();
  return trace::pinned("pinned", 1);
}
[[weft::fiber]] int by_value(tracer object, int extra) {
  at("by_value", object.number);
  cede();
  object.number += extra;
  return object.number;
}
[[weft::fiber]] int pinned_by_value(trace::pinned object) {
  cede();
  return object.check().number;
}
[[weft::fiber]] int by_reference(const tracer& object, tracer& other, tracer&& moved) {
  cede();
  tracer taken = std::move(moved);
  cede();
  return object.check().number + other.check().number + taken.number;
}
[[weft::fiber]] const tracer& same(const tracer& object) {
  cede();
  return object;
}
[[weft::fiber]] tracer&& moved(tracer& object) {
  cede();
  return std::move(object);
}
[[weft::fiber]] point make_point(int x) {
  cede();
  return {x, x + 1};
}
[[weft::fiber]] std::string text(std::string from, const std::string& more) {
  cede();
  return from + more;
}
[[weft::fiber]] const char* pointer() {
  cede();
  return "pointer";
}
[[weft::fiber]] int factorial(int n) {
  tracer guard("factorial", n);
  if (n < 2) {
    cede();
    return 1;
  }
  int rest = factorial(n - 1);
  return n * rest;
}
[[weft::fiber]] bool is_odd(int n);
[[weft::fiber]] bool is_even(int n) {
  cede();
  return n == 0 || is_odd(n - 1);
}
bool is_odd(int n) {
  if (n == 0)
    return false;
  return is_even(n - 1);
}

[[weft::fiber]] void parameters() {
  tracer a("a", 1), b("b", 2), c("c", 3);
  int sum = by_value(a, 10);
  at("sum", sum);
  sum += by_value(tracer("temporary", 4), 10);
  at("sum", sum);
  at("pinned", pinned_by_value(trace::pinned("argument", 5)));
  at("pinned", pinned_by_value(make_pinned()));
  at("references", by_reference(a, b, std::move(c)));
  at("references", by_reference(tracer("bound", 6), b, tracer("bound too", 7)));
  at("nested", by_value(make(8), cede(9)));
  trace::print("text", text("ab", "cd"));
  trace::print("text", text(text("a", "b"), text("c", "d")));
}
[[weft::fiber]] void results() {
  tracer direct = make(1);
  const tracer& extended = make(2);
  auto&& also = make(3);
  at("extended", extended.check().number + also.check().number + direct.number);
  at("member", make(4).number);
  make(5);
  const tracer& known = same(direct);
  at("known", known.check().number);
  tracer taken = moved(direct);
  at("taken", taken.number);
  trace::pinned immovable = make_pinned();
  at("immovable", immovable.number);
  point p = make_point(6);
  const point q = make_point(7);
  at("points", p.x + p.y + q.x + q.y + make_point(8).y);
  const char* s = pointer();
  trace::print("pointer", s);
  auto [x, y] = make_point(9);
  at("bound", x + y);
}
[[weft::fiber]] void recursion() {
  at("factorial", factorial(4));
  if (is_even(4))
    at("even");
  if (!is_odd(4))
    at("not odd");
  while (is_odd(trace::pauses))
    at("odd");
}
[[weft::fiber]] tracer passes(int depth) {
  tracer guard("passes", depth);
  if (depth > 0)
    return passes(depth - 1);
  return make(depth);
}
[[weft::fiber]] void results_of_results() {
  tracer made = passes(2);
  at("made", made.number);
}

struct failure_at {
  int depth;
};
[[weft::fiber]] int fails(int depth, int at_depth) {
  tracer guard("fails", depth);
  cede();
  if (depth == at_depth)
    throw failure_at{depth};
  try {
    return fails(depth + 1, at_depth) + 1;
  } catch (const failure_at& error) {
    at("caught", depth);
    cede();
    if (depth != 1)
      throw;
    return error.depth * 100;
  }
}
[[weft::fiber]] void exceptions() {
  at("fails", fails(0, 3));
  try {
    at("fails", fails(2, 4));
  } catch (const failure_at& error) {
    at("outside", error.depth);
  }
}

// What has no name gets one where it would stand.
static int unnamed(int, int (*)(int), int (&)[2], std::vector<std::vector<int>>, tracer, char = 'a') {
  cede();
  return 1;
}
template <class... T> static int unnamed_pack(int n, const std::vector<std::vector<T>>&...) {
  cede();
  return n;
}
[[weft::fiber]] void without_names() {
  int list[2] = {};
  std::vector<std::vector<int>> lists;
  at("unnamed", unnamed(1, nullptr, list, lists, tracer("argument")));
  at("pack", unnamed_pack(2, lists, lists));
}

int main() {
  trace::exercise("parameters", parameters);
  trace::exercise("results", results);
  trace::exercise("recursion", recursion);
  trace::exercise("results of results", results_of_results);
  trace::exercise("exceptions", exceptions);
  trace::exercise("without names", without_names);
}
