// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pauses in the arms of ?:, in the right operands of && and ||, and in braced lists.

// RUN: %check %s %t

#include "trace.h"
#include <string>
#include <vector>

static int look(const tracer& t) {
  at("look", t.check().number);
  return t.number;
}
struct two {
  tracer first;
  int second;
};
[[weft::coroutine]] weft::coroutine<int, int, int> arms(int n) {
  int a = n ? weft::yield<int>(1) : 5;
  at("a", a);
  int b = weft::yield<int>(2) > 1 ? weft::yield<int>(3) : weft::yield<int>(4);
  at("b", b);
  at("kept", (n ? look(tracer("arm", weft::yield<int>(5))) : 6) + 1);
  at("and", (n && look(tracer("and", weft::yield<int>(6))) > 2) ? 7 : weft::yield<int>(8));
  n ? (void)weft::yield<int>(9) : at("plain");
  return n ? weft::yield<int>(10) : look(tracer("result", 11));
}
[[weft::coroutine]] weft::coroutine<int, int, tracer> objects(int n) {
  tracer a = n ? tracer("a", weft::yield<int>(1)) : tracer("b");
  look(a);
  two t{tracer("first", 2), weft::yield<int>(3)};
  at("second", t.second + look(t.first));
  two u = {tracer("third", weft::yield<int>(4)), look(tracer("temporary", weft::yield<int>(5)))};
  at("second", u.second);
  std::vector<std::string> v{std::string("x") + "y", std::to_string(weft::yield<int>(6))};
  trace::print("v", v[0] + v[1]);
  auto captured = [x = weft::yield<int>(7)] { return x; };
  at("captured", captured());
  tracer result("result", n ? weft::yield<int>(8) : 9);
  return result;
}
int main() {
  for (int n = 0; n < 2; ++n) {
    trace::exercise("arms", [=] { return arms(n); });
    trace::exercise("objects", [=] { return objects(n); });
  }
}
