// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Function objects whose arguments and results are converted, and lambdas with
// `auto` parameters, held, spawned and run.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <string>

using namespace trace;

[[weft::fiber]] static int narrow(int n) { return cede(n); }
[[weft::fiber]] static tracer object(int n) {
  cede();
  return tracer("object", n);
}
struct wide {
  tracer held;
  wide(tracer&& from) : held(std::move(from)) {}
};
[[weft::fiber]] static void named(std::string name) {
  cede();
  at("named", name.size());
}
[[weft::fiber]] static tracer& chosen(tracer& first, tracer&) {
  cede();
  return first;
}
[[weft::fiber]] static void held() {
  weft::function<long(int)> widens = narrow;
  at("long", widens(3));
  weft::function<wide(long)> makes = object;
  wide w = makes(4);
  at("wide", w.held.number);
  weft::function<void(int)> drops = object;
  drops(1);
  weft::function<void(const char*)> converts = named;
  converts("a string");
  weft::function<const tracer&(tracer&, tracer&)> adds_const = chosen;
  at("const", adds_const(w.held, w.held).number);
  weft::function<void(const char*)> lambda = [](const std::string& s) {
    tracer own("own");
    cede();
    at("lambda", s.size());
  };
  lambda("another");
}
[[weft::fiber]] static void generic() {
  weft::function<int(int)> by_value = [](auto n) {
    tracer own("own");
    return cede(n) + 1;
  };
  at("by value", by_value(5));
  weft::function<long(short)> forwarding = [](auto&& n) {
    cede();
    n += 1;
    return cede(n);
  };
  at("forwarding", forwarding(5));
  weft::function<int(const tracer&)> reference = [](const auto& t) {
    cede();
    return t.check().number;
  };
  at("reference", reference(tracer("argument", 7)));
}
[[weft::fiber]] static void spawned() {
  auto twice = [](auto n, int by) {
    tracer own("own");
    return cede(n) * by;
  };
  auto task = weft::spawn(twice, 4L, 2);
  at("twice", task.get());
  auto looks = [](const auto& n) {
    tracer own("looks");
    return cede(n + 1);
  };
  auto other = weft::spawn(looks, 5);
  at("looks", other.get());
  at("run", weft::run([](auto n) { return n + 1; }, 6));
}

int main() {
  exercise("held", held);
  exercise("generic", generic);
  exercise("spawned", spawned);
  at("run", weft::run([](auto n) { return cede(n); }, 5));
}
