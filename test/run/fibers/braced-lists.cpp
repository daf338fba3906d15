// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Braced lists whose elements suspend: each element is constructed in place, once,
// and what is there is destroyed when another one throws.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <string>
#include <vector>

static tracer make(const char* name, int n = 0) {
  cede();
  return tracer(name, n);
}
static trace::pinned pin(const char* name) {
  cede();
  return trace::pinned(name);
}
static std::string text(const char* t) {
  cede();
  return t;
}
static int look(const tracer& t) {
  at("look", t.check().number);
  return t.number;
}
static int fiber_look(const tracer& t) {
  cede();
  return look(t);
}
struct two {
  tracer first;
  tracer second;
};
struct mixed {
  int number;
  trace::pinned object;
  const tracer last;
  int more = 5;
};
struct nested {
  two pair;
  int numbers[2];
  tracer array[2];
};
struct derived : two {
  tracer third;
};
struct with_default {
  tracer first;
  std::string text = "default";
  int count = 7;
  tracer last{};
};
struct point {
  int x, y;
};
struct lists {
  point p;
  std::vector<int> v;
  int n;
};
static void show(const two& t) {
  look(t.first);
  look(t.second);
}
static int fiber_show(const two& t) {
  cede();
  show(t);
  return look(t.first);
}
static int fiber_take(two t) {
  cede();
  show(t);
  return 1;
}
[[weft::fiber]] void declared() {
  two a{make("a", 1), make("b", 2)};
  show(a);
  two b = {tracer("c"), make("d")};
  show(b);
  two c{make("e"), tracer("f", fiber_look(tracer("temporary")))};
  show(c);
}
[[weft::fiber]] void kinds() {
  mixed m{cede(1), pin("pinned"), make("last")};
  at("more", m.more + m.number + look(m.object) + look(m.last));
  derived d{{make("first"), tracer("second")}, make("third")};
  show(d);
  look(d.third);
  with_default w{make("w")};
  trace::print("text", w.text);
  at("count", w.count + look(w.last));
}
[[weft::fiber]] void nests() {
  nested n{{make("a"), make("b")}, {cede(1), cede(2)}, {tracer("c"), make("d")}};
  show(n.pair);
  at("numbers", n.numbers[0] * 10 + n.numbers[1]);
  look(n.array[1]);
  nested e{make("a"), tracer("b"), 1, cede(2), make("c"), make("d")};
  show(e.pair);
}
[[weft::fiber]] void arrays() {
  tracer a[] = {make("a"), tracer("b"), make("c")};
  look(a[2]);
  tracer b[2][2] = {{make("a"), make("b")}, {make("c")}};
  look(b[1][1]);
  std::string s[] = {text("a"), "b", text("c")};
  trace::print("s", s[0] + s[1] + s[2]);
  int n[3] = {cede(1), 2, cede(3)};
  at("n", n[0] + n[1] + n[2]);
}
static two returns(int i) {
  if (i == 0)
    return {make("a"), make("b")};
  return i == 1 ? two{make("c"), tracer("d", fiber_look(tracer("temporary")))} : two{tracer("e"), make("f")};
}
[[weft::fiber]] void results() {
  for (int i = 0; i < 3; ++i)
    show(returns(i));
}
[[weft::fiber]] void arguments() {
  show({make("a"), make("b")});
  show(two{make("c"), tracer("d")});
  at("show", fiber_show({make("e"), make("f")}));
  at("take", fiber_take({make("g"), tracer("h", fiber_look(tracer("in")))}));
  at("take", fiber_take(two{make("i"), make("j")}));
  at("member", two{make("k", 4), make("l")}.first.number);
}
[[weft::fiber]] void arms() {
  for (int i = 0; i < 2; ++i) {
    two a = i ? two{make("a"), make("b")} : two{make("c"), tracer("d", fiber_look(tracer("in")))};
    show(a);
    at("shown", fiber_show(i ? two{make("e"), make("f")} : two{make("g"), tracer("h", fiber_look(tracer("in")))}));
    const two& c = two{make("i"), make("j")};
    show(c);
  }
}
[[weft::fiber]] void values() {
  point p{cede(1), cede(2)};
  at("p", p.x * 10 + p.y);
  lists l{{cede(1), 2}, {cede(3), 4, cede(5)}, cede(6)};
  at("l", l.p.x + l.v[0] + l.v[2] + l.n);
  std::vector<std::string> v{text("a"), "b", text("c")};
  trace::print("v", v[0] + v[1] + v[2]);
  std::vector<std::string> w = {std::string("x") + "y", text("z")};
  trace::print("w", w[0] + w[1]);
  at("size", std::vector<int>{cede(1), 2, cede(3)}.size());
  point made = point{.x = cede(3), .y = 4};
  at("made", made.x + made.y);
}
int main() {
  trace::exercise("declared", declared);
  trace::exercise("kinds", kinds);
  trace::exercise("nests", nests);
  trace::exercise("arrays", arrays);
  trace::exercise("results", results);
  trace::exercise("arguments", arguments);
  trace::exercise("arms", arms);
  trace::exercise("values", values);
}
