// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// echo_asio PORT: the echo server with Asio's C++20 coroutines, on one thread and
// with the executor's type known, which is how they are fastest.

#include <asio.hpp>

#include <cstdlib>

namespace {

using executor = asio::io_context::executor_type;
using tcp = asio::ip::tcp;
using token = asio::use_awaitable_t<executor>;
using socket = asio::basic_stream_socket<tcp, executor>;
using acceptor = asio::basic_socket_acceptor<tcp, executor>;
constexpr token use_awaitable;

asio::awaitable<void, executor> serve(socket peer) {
  peer.set_option(tcp::no_delay(true));
  try {
    char data[4096];
    for (;;) {
      std::size_t n = co_await peer.async_read_some(asio::buffer(data), use_awaitable);
      co_await asio::async_write(peer, asio::buffer(data, n), use_awaitable);
    }
  } catch (const std::system_error&) { // The peer has gone.
  }
}

asio::awaitable<void, executor> listen(tcp::endpoint where) {
  auto runs = co_await asio::this_coro::executor;
  acceptor listener(runs, where);
  for (;;) {
    socket peer = co_await listener.async_accept(use_awaitable);
    asio::co_spawn(runs, serve(std::move(peer)), asio::detached);
  }
}

} // namespace

int main(int, char** argv) {
  asio::io_context runs(ASIO_CONCURRENCY_HINT_UNSAFE);
  const auto port = static_cast<unsigned short>(std::atoi(argv[1]));
  asio::co_spawn(runs.get_executor(), listen({asio::ip::address_v4::loopback(), port}), asio::detached);
  runs.run();
}
