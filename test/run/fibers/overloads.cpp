// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which function of several is called does not change when an operand has moved to
// the frame: temporaries, results and kept operands have the category and the
// qualifiers that they had.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <string>
#include <utility>

/// Nothing shows when it is made: that is not in order with what pauses.
struct thing {
  int number;
  explicit thing(int n) : number(n) {}
  ~thing() { number = -1; }
};
static void show(const thing& t) { std::printf("%d", t.number); }
static void show(int n) { std::printf("%d", n); }

static void take(thing& t, int) { at("lvalue", t.number); }
static void take(const thing& t, int) { at("const lvalue", t.number); }
static void number(int& n, int) { at("lvalue", n); }
static void number(const int& n, int) { at("const lvalue", n); }
template <class T> static void deduce(T&& t, int) {
  std::printf("  %s%s: ", std::is_const_v<std::remove_reference_t<T>> ? "const " : "",
              std::is_lvalue_reference_v<T> ? "lvalue" : "rvalue");
  show(t);
  std::printf("\n");
}
struct object : thing {
  using thing::thing;
  void call(int n) & { at("on an lvalue", number + n); }
  void call(int n) const& { at("on a const lvalue", number + n); }
  void call(int n) && { at("on an rvalue", number + n); }
  operator int() const { return number; }
};
static thing make(int n) {
  cede();
  return thing(n);
}
static const object& refer(const object& o) { return o; }
[[maybe_unused]] static std::string text(std::string&, const std::string& t) { return "lvalue " + t; }
static std::string text(const std::string&, const std::string& t) { return "const " + t; }
static std::string word() {
  cede();
  return "word";
}

[[weft::fiber]] static void body() {
  thing kept(1);
  const thing constant(2);
  take(thing(3), cede(1));
  take(make(4), cede(1));
  take(kept, cede(1));
  take(constant, cede(1));
  take(cede(true) ? thing(5) : make(6), cede(1));
  number(7, cede(1));
  number(cede(8), cede(1));
  number(kept.number, cede(1));
  deduce(thing(9), cede(1));
  deduce(make(10), cede(1));
  deduce(cede(11), cede(1));
  deduce(kept, cede(1));
  deduce(constant, cede(1));
  deduce(std::move(kept), cede(1));
  object(12).call(cede(1));
  object named(13);
  named.call(cede(1));
  refer(named).call(cede(1));
  std::move(named).call(cede(1));
  number(object(14), cede(1));
  std::printf("  %s\n", text("left", word()).c_str());
  std::printf("  %s\n", text("left" + word(), word()).c_str());
}

int main() { trace::exercise("overloads", body); }
