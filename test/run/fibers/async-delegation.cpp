// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Async generators that hand on what others yield: all that they wait for, what is
// raised, and what is alive when they are left.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <weft/async_generator.h>

using namespace trace;

[[weft::coroutine]] static weft::async_generator<int> count(const char* name, int to) {
  tracer whole(name);
  for (int i = 0; i < to; ++i) {
    tracer each("each", i);
    cede();
    weft::yield(i);
    at("behind", i);
  }
  cede();
}

// One that it makes, one that it was given, one of its own.
[[weft::coroutine]] static weft::async_generator<int> twice(weft::async_generator<int> given) {
  tracer own("twice");
  weft::yield_from(count("made", 2));
  cede();
  weft::yield_from(given);
  auto local = count("local", 2);
  local.next();
  weft::yield(local.value() + 100);
  weft::yield_from(local);
  weft::yield_from(local);
  at("ended", local.done());
}
[[weft::fiber]] static void to_the_end() {
  for (int each : twice(count("given", 2)))
    at("value", each);
}
[[weft::fiber]] static void left() {
  auto g = twice(count("given", 2));
  g.next();
  g.next();
  at("leaving", g.value());
}

// Somebody else's goes on where it stands.
[[weft::coroutine]] static weft::async_generator<int> borrows(weft::async_generator<int>* of) {
  tracer own("borrows");
  weft::yield_from(*of);
}
[[weft::fiber]] static void borrowed() {
  auto inner = count("inner", 4);
  {
    auto outer = borrows(&inner);
    outer.next();
    at("outer", outer.value());
    inner.next();
    outer.next();
    at("outer", outer.value());
  }
  while (inner.next())
    at("inner", inner.value());
}
[[weft::fiber]] static void closed_meanwhile() {
  auto inner = count("inner", 4);
  auto outer = borrows(&inner);
  outer.next();
  inner.close();
  at("ends", outer.next());
}

// As many as the tree is deep; in conditions and branches.
[[weft::coroutine]] static weft::async_generator<int> tree(int low, int high) {
  tracer node("node", low);
  const int middle = (low + high) / 2;
  if (low < middle)
    weft::yield_from(tree(low, middle));
  weft::yield(cede(middle));
  if (middle + 1 < high)
    weft::yield_from(tree(middle + 1, high));
}
[[weft::fiber]] static void recursive() {
  for (int each : tree(0, 5))
    at("in order", each);
}

// What is raised is for the innermost; what leaves it is the outer one's.
[[weft::coroutine]] static weft::async_generator<int> catches(const char* name, int times) {
  for (int i = 0; i < times; ++i)
    try {
      tracer inside(name, i);
      weft::yield(cede(i));
    } catch (const failure& error) {
      at(error.where, i);
      cede();
      weft::yield(-1);
    }
}
[[weft::coroutine]] static weft::async_generator<int> around(int times) {
  try {
    tracer own("around");
    weft::yield_from(catches("catches", times));
    weft::yield_from(count("count", 2));
  } catch (const failure& error) {
    at("around");
    weft::yield_from(count("in the handler", 2));
  }
}
[[weft::fiber]] static void raised_inside() {
  auto g = around(2);
  for (int nth = 0; !g.done(); ++nth) {
    if (nth % 3 == 0)
      g.next();
    else
      g.raise(std::make_exception_ptr(failure{"raised"}));
    at("after", nth);
    if (!g.done())
      at("value", g.value());
  }
}

// Objects, and templates.
template <class T> [[weft::coroutine]] weft::async_generator<T> objects(T* given) {
  T own("own");
  weft::yield(own);
  weft::yield(*given);
  weft::yield(T("temporary", cede(3)));
}
template <class T, class G> [[weft::coroutine]] weft::async_generator<T> both(T* given, G* of) {
  tracer own("both");
  weft::yield_from(objects(given));
  weft::yield_from(*of);
  weft::yield_from(objects<T>(given));
}
struct holder {
  tracer value;
  [[weft::coroutine]] weft::async_generator<tracer> all() {
    weft::yield_from(objects(&value));
    auto inner = objects(&value);
    weft::yield_from(both(&value, &inner));
  }
};
[[weft::fiber]] static void templates() {
  holder h{tracer("held")};
  for (tracer& each : h.all())
    at(each.check().name, each.number);
}

int main() {
  exercise("to_the_end", to_the_end);
  exercise("left", left);
  exercise("borrowed", borrowed);
  exercise("closed_meanwhile", closed_meanwhile);
  exercise("recursive", recursive);
  exercise("raised_inside", raised_inside);
  exercise("templates", templates);
}
