// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// echo_uv PORT: the echo server with libuv, which sends what it can at once.

#include "echo.h"

#include <uv.h>

namespace {

void allocate(uv_handle_t*, std::size_t, uv_buf_t* buffer) {
  static char shared[4096];
  *buffer = uv_buf_init(shared, sizeof(shared));
}
void close_peer(uv_stream_t* peer) {
  uv_close(reinterpret_cast<uv_handle_t*>(peer),
           [](uv_handle_t* handle) { delete reinterpret_cast<uv_tcp_t*>(handle); });
}
void read(uv_stream_t* peer, ssize_t got, const uv_buf_t* buffer) {
  if (got < 0)
    return close_peer(peer);
  const uv_buf_t out = uv_buf_init(buffer->base, static_cast<unsigned>(got));
  check(got == 0 || uv_try_write(peer, &out, 1) == got, "uv_try_write");
}
void accept(uv_stream_t* listener, int) {
  auto* peer = new uv_tcp_t;
  uv_tcp_init(listener->loop, peer);
  uv_accept(listener, reinterpret_cast<uv_stream_t*>(peer));
  uv_tcp_nodelay(peer, 1);
  uv_read_start(reinterpret_cast<uv_stream_t*>(peer), allocate, read);
}

} // namespace

int main(int argc, char** argv) {
  check(argc == 2, "echo_uv PORT");
  uv_tcp_t listener;
  uv_tcp_init(uv_default_loop(), &listener);
  const sockaddr_in here = loopback(argv[1]);
  check(uv_tcp_bind(&listener, reinterpret_cast<const sockaddr*>(&here), 0) == 0, "bind");
  check(uv_listen(reinterpret_cast<uv_stream_t*>(&listener), SOMAXCONN, accept) == 0,
        "listen");
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
