// `decltype`, `sizeof`, `noexcept`, `typeid` and `alignof` of locals and of
// parameters mean the declared entity.
// RUN: %check %s %t

#include "trace.h"

#include <type_traits>

template <class T> const char* kind() {
  if (std::is_lvalue_reference_v<T>)
    return "lvalue";
  return std::is_rvalue_reference_v<T> ? "rvalue" : "value";
}

[[weft::coroutine]] weft::generator<int> types(int n, const tracer& p) {
  int local = n;
  const int fixed = 2;
  int& reference = local;
  int list[3] = {1, 2, 3};
  tracer object("object");
  weft::yield(1);
  decltype(local) same = 5;
  decltype(object) other("other", 1);
  decltype(auto) copy = local;
  decltype((local)) alias = local;
  weft::yield(same + other.number + copy);
  alias = 7;
  static_assert(std::is_same_v<decltype(local), int>);
  static_assert(std::is_same_v<decltype((local)), int&>);
  static_assert(std::is_same_v<decltype(fixed), const int>);
  static_assert(std::is_same_v<decltype(reference), int&>);
  static_assert(std::is_same_v<decltype(list), int[3]>);
  static_assert(std::is_same_v<decltype(object), tracer>);
  static_assert(std::is_same_v<decltype(p), const tracer&>);
  std::printf("  %s %s %s\n", kind<decltype(reference)>(), kind<decltype(object)>(), kind<decltype(p)>());
  weft::yield(static_cast<int>(sizeof(list) / sizeof(list[0])));
  weft::yield(static_cast<int>(sizeof(object) == sizeof(tracer)) + noexcept(local + 3));
  weft::yield(static_cast<int>(sizeof(local) + alignof(decltype(local))));
  using local_type = decltype(list);
  local_type second = {4, 5, 6};
  weft::yield(second[2] + reference + fixed);
  weft::yield(second[0] + p.number);
}

int main() {
  tracer p("p", 3);
  trace::exercise("types", [&] { return types(4, p); });
}
