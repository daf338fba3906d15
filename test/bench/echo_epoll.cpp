// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// echo_epoll PORT: the echo server as a bare loop over epoll.

#include "epoll_loop.h"

int main(int argc, char** argv) {
  check(argc == 2, "echo_epoll PORT");
  serve(argv[1], [](std::string_view in) { return in; });
}
