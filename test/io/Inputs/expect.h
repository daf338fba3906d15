// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Checks that end the program with the place of the first that fails.

#ifndef EXPECT_H
#define EXPECT_H

#include <cstdio>
#include <cstdlib>

#define EXPECT(...)                                                            \
  ((__VA_ARGS__) ? void() : expectation_failed(__FILE__, __LINE__, #__VA_ARGS__))

[[noreturn]] inline void expectation_failed(const char* file, int line,
                                            const char* what) {
  std::printf("%s:%d: not so: %s\n", file, line, what);
  std::fflush(stdout);
  std::_Exit(1);
}

#endif // EXPECT_H
