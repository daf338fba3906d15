// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the HTTP servers of the benchmark answer: the same bytes to every request.
// They look for the ends of heads; a request comes whole, as the load's do.

#ifndef HTTP_H
#define HTTP_H

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

inline constexpr std::string_view answer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world\n";

/// How many requests `text` holds.
inline std::size_t requests_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find("\r\n\r\n", at)) != text.npos; at += 4)
    ++count;
  return count;
}
/// As many answers, up to the number that fits into a buffer of requests.
inline std::string_view answers(std::size_t count) {
  static const std::string many = [] {
    std::string text;
    for (int i = 0; i < 128; ++i)
      text += answer;
    return text;
  }();
  if (count * answer.size() <= many.size())
    return std::string_view(many).substr(0, count * answer.size());
  std::fputs("too many requests at once\n", stderr);
  std::exit(1);
}

#endif // HTTP_H
