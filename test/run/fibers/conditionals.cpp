// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A suspension in an operand that is evaluated only sometimes.

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
static tracer& refer(tracer& t) {
  cede();
  return t;
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
static int take(tracer t) {
  cede();
  return look(t);
}
static bool yes(int n) {
  at("yes", n);
  return cede(n) == n;
}
static void nothing(const char* name) {
  cede();
  at(name);
}
[[weft::fiber]] void scalars() {
  for (int i = 0; i < 3; ++i) {
    int a = i == 1 ? cede(10) : i;
    at("a", a);
    int b = yes(i) && i ? i : cede(20);
    at("b", b + (i == 2 ? cede(1) : cede(2)));
    long c = i == 0 ? cede(-1) : 2u;
    at("c", c);
    at("nested", i == 0 ? cede(1) : i == 1 ? cede(2) : cede(3));
    at("sum", (i ? cede(1) : 5) + (i ? 6 : cede(7)));
    if (i ? yes(1) : !yes(2))
      at("then");
    a += i ? cede(4) : 3;
    at("a", a);
    const int d(i ? cede(3) : 4);
    at("d", d);
    double e = i ? cede(3) : 4.5;
    at("e", long(e * 2));
  }
}
[[weft::fiber]] void temporaries() {
  for (int i = 0; i < 2; ++i) {
    at("kept", (i ? look(tracer("arm", cede(1))) : look(tracer("other", 2))) + look(tracer("sibling", 1)));
    at("and", (i == 1 && look(tracer("arm", cede(1))) == 1) ? 5 : 6);
    at("or", i == 1 || fiber_look(tracer("arm", cede(1))) == 1 ? fiber_look(tracer("last", 3)) : 6);
    int n = look(tracer("condition", i)) ? fiber_look(tracer("arm", 1)) : cede(2);
    at("n", n);
    at("called", fiber_look(i ? tracer("arm", look(tracer("inner", 7))) : make("made", 8)));
    at("taken", take(i ? make("made") : tracer("here")));
    at("number", (i ? make("made", 4) : tracer("here", 5)).number);
    at("twice", (i ? fiber_look(tracer("a", 1)) : cede(3)) + (i ? cede(4) : fiber_look(tracer("b", 2))));
  }
}
[[weft::fiber]] void objects() {
  for (int i = 0; i < 2; ++i) {
    tracer a = i ? make("first") : make("second");
    look(a);
    tracer b = i ? tracer("first", fiber_look(tracer("in"))) : a;
    look(b);
    trace::pinned c = i ? pin("pinned") : trace::pinned("other");
    look(c);
    const tracer& d = i ? make("extended") : tracer("extended here");
    look(d);
    const tracer& e = i ? refer(a) : b;
    at("e", &e == &a);
    (i ? refer(a) : refer(b)).number = 7;
    look(a);
    std::string s = i ? text("fiber") : "plain";
    trace::print("s", s);
    std::string t = (i ? text("fiber") : "plain") + text("!");
    trace::print("t", t);
    tracer f(i ? make("direct") : tracer("directly"));
    look(f);
    tracer g = (at("comma"), make("comma"));
    look(g);
  }
}
static tracer returns(int i) { return i ? make("returned", i) : tracer("returned here", look(tracer("in"))); }
static trace::pinned nests(int i) {
  tracer local("local");
  return i == 0 ? pin("zero") : i == 1 ? trace::pinned("one", look(local)) : (at("two"), pin("two"));
}
static int counts(int i) { return i ? cede(i) : look(make("counted", 3)); }
static tracer& chooses(int i, tracer& a, tracer& b) { return i ? refer(a) : b; }
[[weft::fiber]] void results() {
  for (int i = 0; i < 3; ++i) {
    look(returns(i));
    look(nests(i));
    at("count", counts(i));
    tracer a("a"), b("b");
    look(chooses(i, a, b));
  }
}
[[weft::fiber]] void dropped() {
  for (int i = 0; i < 3; ++i) {
    i ? nothing("one") : nothing("two");
    i ? cede(1) : 3;
    i == 2 ? at("plain") : (void)cede(2);
    i ? (void)make("dropped") : void(tracer("dropped here"));
    i ? make("dropped") : tracer("dropped here");
    (void)(i ? cede(2) : cede(3));
    i ? make("left", 1) : make("right", 2), at("comma");
    make("left"), nothing("right");
    tracer("left"), nothing("right");
    look(tracer("left", cede(3))), at("right");
    i && yes(3) ? nothing("yes") : void();
  }
}
[[weft::fiber]] void throws() {
  for (int i = 0; i < 3; ++i)
    try {
      int n = i == 1 ? throw cede(3) : cede(2);
      at("n", n);
      tracer t = i == 2 ? make("made") : throw cede(4);
      look(t);
      i == 2 ? throw look(tracer("thrown", cede(5))) : nothing("never");
    } catch (int n) {
      at("caught", n);
    }
}
[[weft::fiber]] void loops() {
  int n = 0;
  while (n < 3 ? yes(n) : !yes(n))
    ++n;
  for (int i = 0; i < 2 && (n ? yes(1) : false); i += i ? cede(1) : cede(2))
    at("i", i);
  switch (n ? cede(2) : cede(1)) {
  case 2:
    at("two");
  }
  do
    --n;
  while (n > 1 || (n == 1 && yes(5)));
  at("n", n);
}
[[weft::fiber]] void prolonged() {
  const int& n = yes(1) ? 6 : cede(8);
  const int& m = yes(0) ? cede(9) : 7;
  cede();
  at("prolonged", n + m);
}
int main() {
  trace::exercise("prolonged", prolonged);
  trace::exercise("scalars", scalars);
  trace::exercise("temporaries", temporaries);
  trace::exercise("objects", objects);
  trace::exercise("results", results);
  trace::exercise("dropped", dropped);
  trace::exercise("throws", throws);
  trace::exercise("loops", loops);
}
