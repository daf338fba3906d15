// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The same input gives the same bytes from any directory, and holds no path that
// the command line did not give.

// RUN: mkdir -p %t/a %t/b && cp %s %t/a/source.cpp && cp %s %t/b/source.cpp
// RUN: cd %t/a && %weft source.cpp -o out.cpp -- -std=c++17 -I%runtime
// RUN: cd %t/b && %weft source.cpp -o out.cpp -- -std=c++17 -I%runtime
// RUN: cmp %t/a/out.cpp %t/b/out.cpp
// RUN: not grep -F "%t" %t/a/out.cpp

#include <weft/coroutine.h>

#include <map>
#include <string>

[[weft::coroutine]] weft::generator<int> many(std::map<std::string, int> from) {
  for (auto& [name, value] : from) {
    int twice = 2 * value;
    weft::yield(value);
    if (name.empty())
      weft::yield(twice);
  }
}
