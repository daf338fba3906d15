// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// echo_load PORT CONNECTIONS SECONDS: as many connections, each of which sends 64
// bytes, waits for them to come back, and begins again. Prints the requests a
// second behind a warm-up of a fifth of the time.

#include "echo.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <sys/epoll.h>
#include <vector>

namespace {

constexpr std::size_t message_bytes = 64;

struct client {
  int socket;
  std::size_t missing;
};

void send_request(client& to) {
  static const char message[message_bytes] = "a message";
  check(write(to.socket, message, message_bytes) == message_bytes, "write");
  to.missing = message_bytes;
}

} // namespace

int main(int argc, char** argv) {
  check(argc == 4, "echo_load PORT CONNECTIONS SECONDS");
  using clock = std::chrono::steady_clock;
  const std::chrono::duration<double> length(std::atof(argv[3]));
  const int poll = epoll_create1(0);
  std::vector<client> clients(std::strtoul(argv[2], nullptr, 10));
  const sockaddr_in server = loopback(argv[1]);
  for (client& each : clients) {
    each.socket = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(each.socket, reinterpret_cast<const sockaddr*>(&server),
                  sizeof(server)) == 0,
          "connect");
    no_delay(each.socket);
    epoll_event event{EPOLLIN, {&each}};
    check(epoll_ctl(poll, EPOLL_CTL_ADD, each.socket, &event) == 0, "epoll_ctl");
  }
  for (client& each : clients)
    send_request(each);

  const auto begin = clock::now();
  auto counted_from = begin;
  long requests = 0;
  bool warm = false;
  for (;;) {
    epoll_event events[256];
    const int n = epoll_wait(poll, events, 256, -1);
    for (int i = 0; i < n; ++i) {
      auto& from = *static_cast<client*>(events[i].data.ptr);
      char buffer[message_bytes];
      const ssize_t got = read(from.socket, buffer, from.missing);
      check(got > 0, "read");
      from.missing -= static_cast<std::size_t>(got);
      if (from.missing != 0)
        continue;
      ++requests;
      send_request(from);
    }
    const auto now = clock::now();
    if (!warm && now - begin > length / 5) {
      warm = true;
      counted_from = now;
      requests = 0;
    }
    if (now - begin > length) {
      const std::chrono::duration<double> counted = now - counted_from;
      std::printf("%.0f\n", static_cast<double>(requests) / counted.count());
      return 0;
    }
  }
}
