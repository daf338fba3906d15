// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// --green-all leaves what cannot be green as it is, and says so only when asked.

// RUN: %weft --check --green-all %s -- -std=c++17 -I%runtime 2>&1 | count 0
// RUN: %weft --check --green-all -Wweft-green-left-out -Wweft-green-driven %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <cstdarg>
#include <exception>

int green(int n) { return n; }

struct thing {
  thing() : value(green(1)) {}
  // CHECK-DAG: [[#@LINE-1]]:3: warning: '--green-all' leaves 'thing' as it is: it is a constructor [-Wweft-green-left-out]
  ~thing() { green(2); }
  // CHECK-DAG: [[#@LINE-1]]:3: warning: '--green-all' leaves '~thing' as it is: it is a destructor
  virtual int area() { return value; }
  virtual thing* same() { return this; }
  // CHECK-DAG: [[#@LINE-1]]:18: warning: '--green-all' leaves 'same' as it is: it is virtual, and its result type differs from that of another
  virtual int never();
  int twice() { return 2 * green(value); }
  int value;
};
struct other : thing {
  int area() override { return 2; }
  other* same() override { return this; }
  // CHECK-DAG: [[#@LINE-1]]:10: warning: '--green-all' leaves 'same' as it is: it is virtual, and its result type differs from that of another
  int never() override { return 3; }
  // CHECK-DAG: [[#@LINE-1]]:7: warning: '--green-all' leaves 'never' as it is: it is virtual, and another is defined elsewhere
};
struct error : std::exception {
  const char* what() const noexcept override { return "error"; }
  // CHECK-DAG: [[#@LINE-1]]:15: warning: '--green-all' leaves 'what' as it is: it is virtual, and its class is in a header
};
constexpr int constant() { return 1; }
// CHECK-DAG: [[#@LINE-1]]:15: warning: '--green-all' leaves 'constant' as it is: it is 'constexpr'
int total(int n, ...) {
  // CHECK-DAG: [[#@LINE-1]]:5: warning: '--green-all' leaves 'total' as it is: [weft-variadic]
  std::va_list list;
  va_start(list, n);
  va_end(list);
  return green(n);
}
int never() noexcept { return green(1); }
template <class T> T same(T t) { return t; }
// CHECK-DAG: [[#@LINE-1]]:22: warning: '--green-all' leaves 'same' as it is: it is a template with explicit specialisations
template <> char same(char c) { return c; }
// CHECK-DAG: [[#@LINE-1]]:18: warning: '--green-all' leaves 'same<char>' as it is: it is a template with explicit specialisations
template <class... T> int sum(T... t) { return (green(t) + ...); }
// CHECK-DAG: [[#@LINE-1]]:49: warning: '--green-all' lets this call of 'green' drive: cannot suspend inside a fold expression
template <class T> struct any {
  virtual T get() { return T(); }
  // CHECK-DAG: [[#@LINE-1]]:13: warning: '--green-all' leaves 'get' as it is: it is virtual, and its class is a template
};

int once(int n) {
  static int first = green(n);
  // CHECK-DAG: [[#@LINE-1]]:22: warning: '--green-all' lets this call of 'green' drive: {{.*}}[-Wweft-green-driven]
  return first;
}
int with_default(int n = green(3)) { return n; }
int global = green(4);
int main() { return with_default() + thing().twice() + once(1) + same(2) + sum(1, 2) + any<int>().get(); }
