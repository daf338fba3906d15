// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An exception that would leave a noexcept fiber function ends the program, also
// behind a pause ([except.spec]/5).

// RUN: rm -rf %t && mkdir %t
// RUN: %weft %s -o %t/out.cpp -- -std=c++17 -I%runtime
// RUN: %gxx -std=c++17 -Wall -Wextra -Werror -I%runtime %t/out.cpp %libweft -o %t/gxx
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -I%runtime %t/out.cpp %libweft -o %t/clangxx
// RUN: for compiler in gxx clangxx; do %t/$compiler loud | FileCheck %s || exit 1; done
// RUN: for way in plain template pack; do not --crash %t/gxx $way >> %t/said 2>&1 || exit 1; done
// RUN: for way in plain template pack; do not --crash %t/clangxx $way >> %t/said 2>&1 || exit 1; done
// RUN: not grep caught %t/said

#include <weft/fiber.h>

#include <cstdio>
#include <stdexcept>
#include <string>

[[weft::fiber]] static void fail() {
  weft::this_fiber::yield();
  throw std::runtime_error("failed");
}
[[weft::fiber]] static void plain() noexcept { fail(); }
template <bool Quiet, class F> [[weft::fiber]] static void conditional(F f) noexcept(Quiet) {
  f();
}
template <class... A> [[weft::fiber]] static void pack(A... arguments) noexcept(sizeof(int) > 1) {
  fail();
  std::printf("%d\n", int(sizeof...(arguments)));
}

[[weft::fiber]] int main(int, char** arguments) {
  const std::string way = arguments[1];
  try {
    if (way == "plain")
      plain();
    else if (way == "pack")
      pack(1, 2);
    else if (way == "template")
      conditional<true>([] { fail(); });
    else
      conditional<false>([] { fail(); });
  } catch (const std::runtime_error& e) {
    std::printf("caught %s\n", e.what()); // CHECK: caught failed
  }
}
