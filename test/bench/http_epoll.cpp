// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// http_epoll PORT: the HTTP server as a bare loop over epoll.

#include "epoll_loop.h"
#include "http.h"

int main(int argc, char** argv) {
  check(argc == 2, "http_epoll PORT");
  serve(argv[1], [](std::string_view in) { return answers(requests_in(in)); });
}
