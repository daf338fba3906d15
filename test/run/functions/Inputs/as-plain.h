// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the programs as-plain-*.cpp are made of: compiled with PLAIN they do not pause,
// and say what they are to say.

#ifndef WEFT_TEST_RUN_AS_PLAIN_H
#define WEFT_TEST_RUN_AS_PLAIN_H

#ifdef PLAIN
inline void yield() {}
inline int cede(int n = 0) { return n; }
#else
#include <weft/fiber.h>
using weft::this_fiber::yield;
[[weft::fiber]] inline int cede(int n = 0) {
  weft::this_fiber::yield();
  return n;
}
#endif
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/// Says what becomes of it.
struct M {
  std::string n;
  M(std::string n = "d") : n(n) { std::printf("+%s ", n.c_str()); }
  M(M&& o) : n(std::move(o.n)) {
    o.n = "moved";
    std::printf("m%s ", n.c_str());
  }
  M(const M& o) : n(o.n) { std::printf("c%s ", n.c_str()); }
  M& operator=(M&& o) {
    n = std::move(o.n);
    o.n = "moved";
    std::printf("=m%s ", n.c_str());
    return *this;
  }
  M& operator=(const M& o) {
    n = o.n;
    std::printf("=c%s ", n.c_str());
    return *this;
  }
  ~M() { std::printf("-%s ", n.c_str()); }
};

#endif // WEFT_TEST_RUN_AS_PLAIN_H
