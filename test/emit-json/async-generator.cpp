// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The report on async generators: the size is the one that the compilers see.

// RUN: %weft %s --emit=json -o - -- -std=c++17 -I%runtime | FileCheck %s
// RUN: %weft %s -o %t.cpp -- -std=c++17 -I%runtime
// RUN: %gxx -std=c++17 -fsyntax-only -I%runtime %t.cpp
// RUN: %clangxx -std=c++17 -fsyntax-only -I%runtime %t.cpp

#include <string>
#include <weft/fiber.h>

[[weft::coroutine]] weft::async_generator<std::string> words(weft::channel<int>& in, int times) {
  while (times--) {
    std::string word = std::to_string(*in.receive());
    weft::yield(word);
  }
}
// CHECK: "frame": "words_frame",
// CHECK: "header": 40,
// CHECK: "kind": "async generator",
// CHECK: "name": "words",
// CHECK: "size": 136,
// CHECK: "kind": "wait",
// CHECK: "kind": "yield",

[[weft::fiber]] int walks(weft::channel<int>& in) {
  int length = 0;
  for (const std::string& each : words(in, 2))
    length += static_cast<int>(each.size());
  return length;
}
// CHECK: "in_place": [
// CHECK: "as": "range",
// CHECK: "coroutine": "words",

#ifdef WEFT_TRANSFORMED
static_assert(sizeof(words_frame) == 136);
#endif
