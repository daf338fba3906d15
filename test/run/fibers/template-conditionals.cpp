// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `?:` whose arms suspend, and operands in order, where their types depend: an object,
// a value, a reference or nothing, as the instantiation says, and nothing is moved.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <string>
#include <utility>

struct pinned {
  int number;
  explicit pinned(int n) : number(n) { ++trace::live; }
  pinned(const pinned&) = delete;
  ~pinned() {
    std::printf("    gone: %d\n", number);
    --trace::live;
  }
  operator int() const { return number; }
};
struct base {
  int number = 1;
};
struct derived : base {
  int more = 2;
};

template <class T> [[weft::fiber]] static T make(int n) {
  cede();
  return T(n);
}
template <class T> [[weft::fiber]] static T& find(T& object) {
  cede();
  return object;
}
template <class T> [[weft::fiber]] static void touch(T& object) {
  cede();
  ++object;
}

/// The callee constructs the variable and the result in place.
template <class T> [[weft::fiber]] static T placed(T& other, bool first) {
  T made = first ? make<T>(1) : T(2);
  auto named = !first ? T(3) : make<T>(int(other) + 4);
  const auto& lent = first ? find(other) : find(named);
  at("placed", int(made) + 10 * int(named) + 100 * int(lent));
  return first ? make<T>(5) : first ? T(6) : make<T>(7);
}

/// Differently in each: int and int, int and long, references, texts.
template <class A, class B> [[weft::fiber]] static int mixed(A a, B b, bool first) {
  auto value = first ? find(a) : make<B>(2);
  auto other = cede(first) ? make<A>(3) : first ? find(b) : make<B>(-4);
  (first ? find(a) : static_cast<A&>(a)) += 1;
  first ? touch(a) : touch(b);
  first ? touch(a) : throw trace::failure{"thrown by an arm"};
  at("mixed", int(value) + int(other) + int(a) + int(b));
  at("as an argument", int(std::max<long>(first ? make<A>(7) : make<B>(8), cede(2))));
  return int((first ? make<A>(-1) : make<B>(9)) > 0);
}

template <class D> [[weft::fiber]] static void references(D& object, base& other, bool first) {
  base& chosen = first ? find(object) : other;
  chosen.number += 10;
  auto&& bound = first ? std::move(find(object)) : std::move(object);
  at("references", chosen.number + bound.more);
}

template <class S> [[weft::fiber]] static S make_text(S s) {
  cede();
  return s + "!";
}
template <class S> [[weft::fiber]] static void texts(S text, bool first) {
  const std::string chosen = first ? make_text(text) : "literal";
  at("text", int(chosen.size()));
  at("text", int((first ? text + make_text(text) : std::string("short")).size()));
}

/// What is ordered before the pause is evaluated before it.
struct stream {
  int shown = 0;
};
template <class T> static stream& operator<<(stream& to, const T& value) {
  at("shown", int(value));
  to.shown += int(value);
  return to;
}
struct list {
  int values[4] = {1, 2, 3, 4};
  int& operator[](int i) { return values[i]; }
  list& self(int n) {
    at("self", n);
    return *this;
  }
  int sum(int a, int b) const { return values[a] + values[b]; }
  [[weft::fiber]] int slow_sum(int a, int b) const {
    cede();
    return values[a] + values[b];
  }
};
template <class L> static L& said(L& object, int n) {
  at("said", n);
  return object;
}
template <class O, class L> [[weft::fiber]] static void ordered(O& out, L& values, int n) {
  out << n << make<int>(1) << n + 1 << make<long>(2);
  at("subscript", said(values, 1)[cede(2)]);
  at("member", said(values, 2).self(3).sum(cede(1), n));
  at("slow member", said(values, 4).self(5).slow_sum(cede(1), n));
  said(values, 6)[cede(0)] = said(values, 7)[cede(1)];
  at("assigned", values[0]);
}

[[weft::fiber]] static void body() {
  pinned other(8);
  for (bool first : {true, false}) {
    at("placed", placed(other, first));
    int n = 9;
    at("placed", placed(n, first));
    at("mixed", mixed(1, 2, first));
    at("mixed", mixed(1, 2L, true));
    at("mixed", mixed('a', 2u, true));
    derived object;
    base plain;
    references(object, plain, first);
    texts(std::string("text"), first);
  }
  stream out;
  list values;
  ordered(out, values, 3);
}

int main() { trace::exercise("template conditionals", body); }
