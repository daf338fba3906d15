// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fiber functions whose declarations begin with a macro, or come out of one.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#define FIBER [[weft::fiber]]
#define API inline
#define STATIC static
#define DECLARE(result, name, ...) [[weft::fiber]] result name(__VA_ARGS__);
#define TYPE int
#define USE(name) using name;

FIBER int annotated(int n);
FIBER
API int with_both(int n);
DECLARE(int, declared, int n, int m)
DECLARE(TYPE, of_type, TYPE n)

class source {
public:
  DECLARE(virtual int, get, int n)
  FIBER virtual int next() = 0;
  virtual ~source() = default;
};
struct one : source {
  FIBER int next() override { return cede(1); }
};

FIBER int annotated(int n) {
  tracer t("annotated", n);
  cede();
  return t.number;
}
FIBER API int with_both(int n) { return annotated(n) + 1; }
int declared(int n, int m) { return annotated(n) + with_both(m); }
STATIC int inferred(TYPE n) { return cede(n); }
  [[weft::fiber]] API TYPE of_type(TYPE n) { return inferred(n); }
FIBER int source::get(int n) { return next() + of_type(n); }

namespace elsewhere {
FIBER int hidden(int n) { return annotated(n) + 10; }
} // namespace elsewhere
USE(elsewhere::hidden)

FIBER void all() {
  at("hidden", hidden(0));
  at("annotated", annotated(1));
  at("with both", with_both(2));
  at("declared", declared(3, 4));
  one object;
  source& base = object;
  at("get", base.get(5));
}

int main() { trace::exercise("macros", all); }
