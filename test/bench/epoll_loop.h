// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A server as a bare loop over epoll, with one buffer for all connections. What it
// cannot send at once is more than the load asks for, and ends it.

#ifndef EPOLL_LOOP_H
#define EPOLL_LOOP_H

#include "echo.h"

#include <string_view>
#include <sys/epoll.h>

inline void accept_all(int poll, int listener) {
  for (int peer; (peer = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
    no_delay(peer);
    epoll_event event{EPOLLIN, {}};
    event.data.fd = peer;
    check(epoll_ctl(poll, EPOLL_CTL_ADD, peer, &event) == 0, "epoll_ctl");
  }
}

/// Listens on `port`; `answer` says what to send for what has come.
template <class Answer> [[noreturn]] void serve(const char* port, Answer answer) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const sockaddr_in here = loopback(port);
  check(bind(listener, reinterpret_cast<const sockaddr*>(&here), sizeof(here)) == 0,
        "bind");
  check(listen(listener, SOMAXCONN) == 0, "listen");
  const int poll = epoll_create1(0);
  epoll_event event{EPOLLIN, {}};
  event.data.fd = listener;
  check(epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event) == 0, "epoll_ctl");
  for (;;) {
    epoll_event events[128];
    const int n = epoll_wait(poll, events, 128, -1);
    for (int i = 0; i < n; ++i) {
      const int from = events[i].data.fd;
      if (from == listener) {
        accept_all(poll, listener);
        continue;
      }
      char buffer[4096];
      const ssize_t got = recv(from, buffer, sizeof(buffer), 0);
      if (got <= 0) {
        close(from);
        continue;
      }
      const std::string_view out = answer(std::string_view(buffer, static_cast<std::size_t>(got)));
      check(send(from, out.data(), out.size(), MSG_NOSIGNAL) ==
                static_cast<ssize_t>(out.size()),
            "send");
    }
  }
}

#endif // EPOLL_LOOP_H
