// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Input and output for fibers, by standalone Asio, whose headers this needs.
//
//   static void echo(weft::asio::tcp_stream peer) {
//     char data[512];
//     while (std::size_t n = peer.read_some(asio::buffer(data)))
//       peer.write(asio::buffer(data, n));
//   }
//
// `tcp_stream`, `unix_stream` and their listeners are for servers. Every other
// operation of Asio, on timers, signals, names, datagrams, TLS and what libraries
// build on it, suspends by the completion token `use_fiber`.

#ifndef WEFT_ASIO_H
#define WEFT_ASIO_H

#include <weft/asio/context.h>
#include <weft/asio/stream.h>
#include <weft/asio/use_fiber.h>

#include <asio/ip/udp.hpp>
#include <asio/read.hpp>
#include <asio/read_until.hpp>
#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>

#endif // WEFT_ASIO_H
