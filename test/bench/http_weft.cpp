// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// http_weft PORT: the HTTP server with fibers.

#include "http.h"

#include <weft/asio.h>
#include <weft/fiber.h>

#include <cstdlib>

using weft::asio::tcp_listener;
using weft::asio::tcp_stream;

static void serve(tcp_stream peer) {
  asio::error_code gone;
  peer.socket().set_option(asio::ip::tcp::no_delay(true), gone);
  char data[4096];
  while (const std::size_t n = peer.read_some(asio::buffer(data), gone)) {
    const std::string_view out = answers(requests_in(std::string_view(data, n)));
    peer.write(asio::buffer(out.data(), out.size()), gone);
  }
}

[[weft::fiber]] int main(int, char** argv) {
  const auto port = static_cast<unsigned short>(std::atoi(argv[1]));
  tcp_listener listener({asio::ip::address_v4::loopback(), port});
  for (;;) {
    tcp_stream peer = listener.accept();
    weft::spawn(serve, std::move(peer)).detach();
  }
}
