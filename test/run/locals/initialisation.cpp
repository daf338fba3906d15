// Locals are initialised as they are written: in place, by every syntax, with
// default-initialisation neither lost nor turned into zeroing.
// RUN: %check %s %t

#include "trace.h"

#include <initializer_list>
#include <memory>
#include <string>

struct aggregate {
  int a;
  const char* b = "default";
  tracer t;
  int list[2];
};
struct counted {
  int n;
  counted(std::initializer_list<int> list) : n(static_cast<int>(list.size())) {}
  counted(int a, int b) : n(a * b) {}
};
struct from_int {
  int n;
  from_int(int n) : n(n + 1) {}
  explicit from_int(const char*) : n(-1) {}
};
struct has_default {
  int n = 5;
};

[[weft::coroutine]] weft::generator<int> syntaxes() {
  int a = 1, b(2), c{3}, d = {4};
  weft::yield(a + b + c + d);
  aggregate g = {1, "b", tracer("in g", 3), {4, 5}};
  aggregate h{7, "h", tracer("in h", 8), {9}};
  weft::yield(g.list[1] + h.t.number + h.list[0] + h.list[1]);
  std::printf("  %s %s\n", g.b, h.b);
  counted braces{3, 4}, parentheses(3, 4);
  weft::yield(braces.n * 100 + parentheses.n);
  from_int converted = 5, direct("x");
  weft::yield(converted.n + direct.n);
  has_default has, zero{}, given{6};
  weft::yield(has.n + zero.n + given.n);
  int value{};
  long zeroed[3] = {};
  weft::yield(value + static_cast<int>(zeroed[2]));
  auto deduced = tracer("deduced", 1);
  auto* pointer = &deduced;
  const auto& reference = deduced;
  weft::yield(pointer->number + reference.number);
  std::unique_ptr<int> owned = std::make_unique<int>(8);
  std::string text("text"), more = text + "more", third(3, 'x');
  weft::yield(*owned + static_cast<int>(text.size() + more.size() + third.size()));
  *owned += 1;
  text += more;
  weft::yield(*owned + static_cast<int>(text.size()));
}

[[weft::coroutine]] weft::generator<int> several_declarators() {
  int array[4] = {1, 2, 3, 4}, *p = array, &r = array[0], **pp = &p, n = *p + r;
  weft::yield(n);
  r = 10;
  *++p = 20;
  weft::yield(array[0] + **pp + n);
  tracer x("x", 1), y("y", x.number + 1), z("z", x.number + y.number);
  weft::yield(z.number);
  int (*function)(int) = [](int i) { return i * 2; }, late = function(21);
  weft::yield(late);
  int aggregate::*member = &aggregate::a;
  aggregate g{5, "", tracer("in g"), {}};
  weft::yield(g.*member);
}

[[weft::coroutine]] weft::generator<int> uninitialised(bool second) {
  int assigned_later;
  tracer* maybe;
  struct plain {
    int a, b;
  } both;
  both.a = 1;
  weft::yield(both.a);
  assigned_later = 5;
  both.b = 2;
  tracer t("t", 3);
  maybe = &t;
  weft::yield(assigned_later + both.a + both.b);
  if (second)
    assigned_later = maybe->number;
  weft::yield(assigned_later);
}

[[weft::coroutine]] weft::generator<int> self_reference() {
  struct node {
    node* self;
    int n;
  };
  node n = {&n, 4};
  weft::yield(n.self == &n);
  n.self->n = 5;
  weft::yield(n.n);
}

int main() {
  trace::exercise("syntaxes", [] { return syntaxes(); });
  trace::exercise("declarators", [] { return several_declarators(); });
  trace::exercise("uninitialised", [] { return uninitialised(true); });
  trace::exercise("self", [] { return self_reference(); });
}
