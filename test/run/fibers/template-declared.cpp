// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The declared type of a parameter is what the source says, though the frame holds a
// reference to the caller's object; aliases and arrays that are deduced from it.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <iterator>
#include <type_traits>
#include <utility>
[[weft::fiber]] static void lambdas() {
  auto each = [](auto one) {
    decltype(one) copy = one;
    cede(1);
    ++copy;
    at("one", int(one));
    using U = decltype(one);
    U second = one;
    ++second;
    cede(1);
    at("one", int(one) + std::is_reference_v<U>);
    return int(one);
  };
  at("lambda", each(7));
}
template <class T> [[weft::fiber]] static int fn(T one) {
    decltype(one) copy = one;
    cede(1);
    ++copy;
    using U = decltype(one);
    U second = one;
    ++second;
    cede(1);
    at("one", int(one) + std::is_reference_v<U>);
    return int(one);
}
[[weft::fiber]] static int plain(int one) {
    decltype(one) copy = one;
    cede(1);
    ++copy;
    using U = decltype(one);
    U second = one;
    ++second;
    cede(1);
    at("one", int(one) + std::is_reference_v<U>);
    static_assert(std::is_same_v<decltype(one), int>);
    return int(one);
}
/// An alias is in front of the body, where there are no variables.
template <class T> [[weft::fiber]] static void arrays(T one) {
  using pair_type = std::pair<decltype(one), decltype(one + 1)>;
  int numbers[] = {int(one), cede(2), int(sizeof(pair_type))};
  decltype(one) several[] = {one, T(one + 1)};
  cede(1);
  at("numbers", numbers[0] + numbers[1] + numbers[2] + int(std::size(numbers)));
  at("several", int(several[0] + several[1]));
}

[[weft::fiber]] static void body() {
  arrays(3);
  arrays(4L);
  lambdas();
  fn(7);
  plain(8);
}
int main() { trace::exercise("declared types", body); }
