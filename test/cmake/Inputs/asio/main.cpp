// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include <weft/asio/use_fiber.h>
#include <weft/fiber.h>

#include <asio/steady_timer.hpp>
#include <cstdio>

[[weft::fiber]] int main() {
  asio::steady_timer timer(weft::asio::context(), std::chrono::milliseconds(1));
  timer.async_wait(weft::asio::use_fiber);
  std::printf("it is time\n");
}
