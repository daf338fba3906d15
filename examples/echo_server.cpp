// A TCP server that sends back what it gets, one fiber a connection. An idle
// connection keeps no buffer: the fiber waits until there is something to read,
// and takes a buffer for as long as that takes to send back. SIGINT ends it.
//
//   echo_server [PORT]
//
// Port 0: any free one.

#include <weft/asio.h>
#include <weft/fiber.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

using weft::asio::tcp_listener;
using weft::asio::tcp_stream;
using weft::asio::use_fiber;

using buffer = std::array<char, 16 * 1024>;

// Buffers that nobody uses at the moment, for the next who needs one.
static std::vector<std::unique_ptr<buffer>> spare;

static std::unique_ptr<buffer> take() {
  if (spare.empty())
    return std::make_unique<buffer>();
  std::unique_ptr<buffer> last = std::move(spare.back());
  spare.pop_back();
  return last;
}

// What another fiber closes, or a peer that goes away, ends this one.
static void echo(tcp_stream peer) {
  asio::error_code gone;
  peer.socket().set_option(asio::ip::tcp::no_delay(true), gone);
  while (!gone) {
    peer.wait_readable(gone);
    std::unique_ptr<buffer> data = take();
    const std::size_t n = peer.read_some(asio::buffer(*data), gone);
    if (n == 0)
      break;
    peer.write(asio::buffer(*data, n), gone);
    spare.push_back(std::move(data));
  }
}

static void accept_all(tcp_listener& listener) {
  for (;;) {
    asio::error_code error;
    tcp_stream peer = listener.accept(error);
    if (!error)
      weft::spawn(echo, std::move(peer)).detach();
    else // No descriptors left: somebody has to go first.
      weft::this_fiber::sleep_for(std::chrono::milliseconds(10));
  }
}

[[weft::fiber]] int main(int argc, char** argv) {
  const auto port = static_cast<unsigned short>(argc > 1 ? std::atoi(argv[1]) : 7007);
  tcp_listener listener({asio::ip::address_v4::loopback(), port});
  std::printf("listening on port %d\n", listener.local_endpoint().port());
  std::fflush(stdout);
  auto accepting = weft::spawn(accept_all, std::ref(listener));
  asio::signal_set stop(weft::asio::context(), SIGINT, SIGTERM);
  stop.async_wait(use_fiber);
  accepting.cancel();
  // The connections end with the program.
}
