// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// TLS, names, signals, datagrams, time limits, temporaries of a call, and what a
// thread says whose fibers wait for nothing.

// REQUIRES: openssl
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out certificate.pem 2> log
// RUN: %io %s %t ssl crypto

#include "expect.h"

#include <weft/asio.h>
#include <weft/fiber.h>

#include <asio/ssl.hpp>

#include <csignal>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

using weft::asio::context;
using weft::asio::tcp_listener;
using weft::asio::tcp_stream;
using weft::asio::use_fiber;
using namespace std::chrono_literals;

static const asio::ip::tcp::endpoint anywhere(asio::ip::address_v4::loopback(), 0);
using tls_stream = asio::ssl::stream<tcp_stream::socket_type>;

static std::string tls_server(tcp_listener& listener) {
  asio::ssl::context keys(asio::ssl::context::tls_server);
  keys.use_certificate_chain_file("certificate.pem");
  keys.use_private_key_file("key.pem", asio::ssl::context::pem);
  tcp_stream peer = listener.accept();
  tls_stream tls(std::move(peer.socket()), keys);
  tls.async_handshake(asio::ssl::stream_base::server, use_fiber);
  std::string line;
  asio::async_read_until(tls, asio::dynamic_buffer(line), '\n', use_fiber);
  asio::async_write(tls, asio::buffer(std::string_view("got " + line)), use_fiber); // Of a temporary.
  asio::error_code end;
  tls.async_shutdown(use_fiber[end]);
  return line;
}
// A temporary of it, without a destructor, is in the frame as well.
struct secret {
  char text[8];
  const char* data() const { return text; }
};
static void tls() {
  tcp_listener listener(anywhere);
  auto server = weft::spawn(tls_server, std::ref(listener));
  asio::ssl::context trusts(asio::ssl::context::tls_client);
  trusts.load_verify_file("certificate.pem");
  tls_stream client(context().get_executor(), trusts);
  client.set_verify_mode(asio::ssl::verify_peer);
  client.set_verify_callback(asio::ssl::host_name_verification("localhost"));
  client.lowest_layer().async_connect(listener.local_endpoint(), use_fiber);
  client.async_handshake(asio::ssl::stream_base::client, use_fiber);
  asio::async_write(client, asio::buffer(secret{"secret\n"}.data(), 7), use_fiber);
  std::string answer;
  asio::error_code end;
  asio::async_read(client, asio::dynamic_buffer(answer), use_fiber[end]);
  EXPECT(end == asio::error::eof && answer == "got secret\n");
  client.lowest_layer().close(); // The server waits for it.
  EXPECT(server.get() == "secret\n");
}

static void names() {
  asio::ip::tcp::resolver resolver(context());
  auto found = resolver.async_resolve("127.0.0.1", "80", use_fiber);
  EXPECT(found.begin()->endpoint() ==
         asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 80));
  asio::error_code unknown;
  resolver.async_resolve("a name", "80", resolver.numeric_host, use_fiber[unknown]);
  EXPECT(unknown);
}

static void signals() {
  asio::signal_set set(context(), SIGUSR1, SIGUSR2);
  auto waits = weft::spawn([](asio::signal_set& s) { return s.async_wait(use_fiber); },
                           std::ref(set));
  weft::this_fiber::yield();
  std::raise(SIGUSR2);
  EXPECT(waits.get() == SIGUSR2);
}

static void datagrams() {
  using udp = asio::ip::udp;
  udp::socket one(context(), {asio::ip::address_v4::loopback(), 0});
  udp::socket other(context(), {asio::ip::address_v4::loopback(), 0});
  EXPECT(one.async_send_to(asio::buffer("abc", 3), other.local_endpoint(), use_fiber) == 3);
  char text[10];
  udp::endpoint from;
  EXPECT(other.async_receive_from(asio::buffer(text), from, use_fiber) == 3);
  EXPECT(from == one.local_endpoint());
}

// A time limit cancels what a fiber waits for.
static void time_limits() {
  tcp_listener listener(anywhere);
  const bool accepted = weft::with_timeout(5ms, [&] { listener.accept(); });
  EXPECT(!accepted);
  tcp_stream silent;
  silent.connect(listener.local_endpoint());
  auto got = weft::with_timeout(5ms, [&] {
    char data[4];
    return silent.read_some(asio::buffer(data));
  });
  EXPECT(!got);
  tcp_stream peer = listener.accept();
  peer.write(asio::buffer("ab", 2));
  got = weft::with_timeout(10s, [&] {
    char data[4];
    return silent.read_some(asio::buffer(data));
  });
  EXPECT(got && *got == 2);
}

// A context without work does not hide that the fibers wait for each other.
static void waits_for_nothing() {
  context();
  weft::channel<int> nobody_sends;
  nobody_sends.receive();
}
static void deadlock() {
  const pid_t child = fork();
  if (child == 0) {
    std::fclose(stderr);
    weft::run(waits_for_nothing);
    std::_Exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT(WIFEXITED(status) && WEXITSTATUS(status) == weft::deadlock_exit_status);
}

int main(int, char** argv) {
  deadlock(); // Before there are threads.
  if (chdir(std::string(argv[0]).substr(0, std::string(argv[0]).rfind('/')).c_str()) != 0)
    return 2;
  weft::run(tls);
  weft::run(names);
  weft::run(signals);
  weft::run(datagrams);
  weft::run(time_limits);
}
