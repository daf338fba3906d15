// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Function-try-blocks of fiber functions: results, handlers that suspend, parameters,
// members, templates.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

static tracer make(const char* name, int n) try {
  cede();
  return tracer(name, n);
} catch (...) {
  at("failed", n);
  cede();
  throw;
}
[[weft::fiber]] static int result(tracer given, int n)
try {
  tracer local = make("local", n);
  if (n == 2)
    throw tracer("thrown", n);
  return local.check().number + given.check().number;
} catch (const tracer& caught) {
  cede();
  at("caught", caught.check().number);
  return given.check().number;
} catch (...) {
  tracer in_handler = make("in handler", n);
  throw;
}
template <class T> [[weft::fiber]] static void quiet(T value) noexcept try {
  cede();
  at("value", value.check().number);
} catch (...) {
  at("swallowed", value.check().number);
}
struct object {
  tracer own{"member", 1};
  [[weft::fiber]] int twice(int n) try {
    cede();
    if (n > 1)
      throw n;
    return own.number;
  } catch (int caught) {
    return caught + make("other", own.number).number;
  }
};
[[weft::fiber]] static void body() {
  at("result", result(tracer("given", 5), 1));
  at("result", result(tracer("given", 6), 2));
  quiet(tracer("quiet", 1));
  object o;
  at("twice", o.twice(1) + o.twice(2));
}

int main() { trace::exercise("body", body); }
