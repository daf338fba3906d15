// An HTTP/1.1 server, one fiber a connection: static files, and POST /echo, which
// sends the body back in chunks. Connections are kept alive and may be pipelined;
// SIGINT lets those that are at work finish.
//
//   http_server [ROOT [PORT]]

#include "files.h"
#include "request.h"

#include <weft/asio.h>
#include <weft/fiber.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <list>
#include <memory>
#include <string>

using weft::asio::tcp_listener;
using weft::asio::tcp_stream;
using clock_type = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

constexpr auto idle_limit = 60s;   // between requests
constexpr auto work_limit = 10s;   // for a request to come, and its answer to go
constexpr auto finish_limit = 5s;  // for what is at work when the server ends

struct session {
  tcp_stream peer;
  clock_type::time_point deadline;
  bool idle = true;
};

struct server {
  std::string root;
  std::list<session> sessions;
  bool ends = false;
};

/// What a connection needs while it is at work; an idle one has none.
struct exchange {
  std::array<char, 16 * 1024> input;
  std::size_t begin = 0, end = 0; ///< of what has not been looked at
  request_parser parser;
};

const char* reason(int status) {
  switch (status) {
  case 200: return "OK";
  case 400: return "Bad Request";
  case 404: return "Not Found";
  case 405: return "Method Not Allowed";
  case 413: return "Content Too Large";
  case 414: return "URI Too Long";
  case 431: return "Request Header Fields Too Large";
  case 501: return "Not Implemented";
  case 503: return "Service Unavailable";
  default: return "HTTP Version Not Supported";
  }
}

/// The head of an answer whose body has `length` bytes; -1: it comes in chunks.
std::string head(int status, const char* type, long length, const request& to) {
  std::string text = "HTTP/1.1 " + std::to_string(status) + " " + reason(status) + "\r\n";
  if (status == 405)
    text += "Allow: GET, HEAD, POST\r\n";
  text += std::string("Content-Type: ") + type + "\r\n";
  text += length < 0 ? std::string("Transfer-Encoding: chunked\r\n")
                     : "Content-Length: " + std::to_string(length) + "\r\n";
  if (!to.keep_alive)
    text += "Connection: close\r\n";
  else if (to.http_1_0)
    text += "Connection: keep-alive\r\n";
  return text + "\r\n";
}

void answer(tcp_stream& peer, int status, const request& to) {
  const std::string body = std::to_string(status) + " " + reason(status) + "\n";
  const std::string first = head(status, "text/plain; charset=utf-8", static_cast<long>(body.size()), to);
  peer.write(asio::buffer(first), to.method == "HEAD" ? asio::const_buffer() : asio::buffer(body));
}

void send_file(server& of, tcp_stream& peer, const request& to) {
  opened_file file;
  std::string piece;
  const bool is_read = to.method == "GET";
  weft::offload([&] {
    file = open_file(of.root, to.target);
    if (is_read && file.status == 200)
      read_piece(file, piece);
  });
  if (file.status != 200)
    return answer(peer, file.status, to);
  const std::string first = head(200, content_type(file.path), file.size, to);
  peer.write(asio::buffer(first), asio::buffer(piece));
  while (is_read && file.left > 0) {
    weft::offload([&] { read_piece(file, piece); });
    peer.write(asio::buffer(piece));
  }
}

void echo(tcp_stream& peer, const request& to) {
  if (to.http_1_0) {
    const std::string first = head(200, "application/octet-stream", static_cast<long>(to.body.size()), to);
    peer.write(asio::buffer(first), asio::buffer(to.body));
    return;
  }
  const std::string first = head(200, "application/octet-stream", -1, to);
  peer.write(asio::buffer(first));
  for (std::size_t at = 0; at < to.body.size();) {
    const std::size_t size = std::min<std::size_t>(to.body.size() - at, 8000);
    char length[20];
    std::snprintf(length, sizeof(length), "%zx\r\n", size);
    peer.write(asio::buffer(length, std::strlen(length)), asio::buffer(to.body.data() + at, size));
    peer.write(asio::buffer("\r\n", 2));
    at += size;
  }
  peer.write(asio::buffer("0\r\n\r\n", 5));
}

void answer(server& of, tcp_stream& peer, const request& to) {
  if (to.method == "POST" && to.target == "/echo")
    return echo(peer, to);
  if (to.method != "GET" && to.method != "HEAD")
    return answer(peer, to.method == "POST" ? 404 : 405, to);
  send_file(of, peer, to);
}

/// Reads until the request is whole or wrong; false: the client has gone.
bool read_request(tcp_stream& peer, exchange& work) {
  for (;;) {
    work.begin += work.parser.feed(work.input.data() + work.begin, work.end - work.begin);
    if (work.parser.complete() || work.parser.error() != 0)
      return true;
    if (work.begin != work.end)
      continue;
    if (work.parser.wants_continue())
      peer.write(asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25));
    work.begin = 0;
    work.end = peer.read_some(asio::buffer(work.input));
    if (work.end == 0)
      return false;
  }
}

/// Says what is wrong, and takes what the client still sends: if the connection
/// were closed on that, the client might never see the answer.
void refuse(tcp_stream& peer, exchange& work) {
  request& to = work.parser.current;
  to.keep_alive = false;
  answer(peer, work.parser.error(), to);
  asio::error_code ignored;
  peer.shutdown_send(ignored);
  for (int i = 0; i < 256 && peer.read_some(asio::buffer(work.input)) != 0; ++i) {
  }
}

/// Answers all that has come; whether the connection stays.
bool work_on(server& of, session& self) {
  auto work = std::make_unique<exchange>();
  do {
    self.deadline = clock_type::now() + work_limit;
    if (!read_request(self.peer, *work))
      return false;
    if (work->parser.error() != 0) {
      refuse(self.peer, *work);
      return false;
    }
    request& asked = work->parser.current;
    asked.keep_alive = asked.keep_alive && !of.ends;
    answer(of, self.peer, asked);
    if (!asked.keep_alive)
      return false;
    work->parser.start_next();
  } while (work->begin != work->end);
  return true;
}

void serve(server& of, std::list<session>::iterator self) {
  try {
    self->peer.socket().set_option(asio::ip::tcp::no_delay(true));
    do {
      self->idle = true;
      self->deadline = clock_type::now() + idle_limit;
      self->peer.wait_readable();
      self->idle = false;
    } while (work_on(of, *self) && !of.ends);
  } catch (const std::exception&) { // The client has gone, or its file.
  } catch (const weft::cancelled&) { // It has taken too long.
  }
  of.sessions.erase(self);
}

/// Closes what has taken too long, and, when the server ends, what is idle.
void sweep(server& of) {
  for (session& each : of.sessions)
    if (each.deadline < clock_type::now() || (of.ends && each.idle))
      each.peer.close();
}
void sweep_all(server& of) {
  for (;;) {
    weft::this_fiber::sleep_for(1s);
    sweep(of);
  }
}

void accept_all(server& of, tcp_listener& listener) {
  for (;;) {
    asio::error_code error;
    tcp_stream peer = listener.accept(error);
    if (!error) {
      of.sessions.push_front({std::move(peer), clock_type::now() + idle_limit});
      weft::spawn(serve, std::ref(of), of.sessions.begin()).detach();
    } else { // No descriptors left: somebody has to go first.
      weft::this_fiber::sleep_for(10ms);
    }
  }
}

} // namespace

[[weft::fiber]] int main(int argc, char** argv) {
  server here;
  here.root = argc > 1 ? argv[1] : ".";
  const auto port = static_cast<unsigned short>(argc > 2 ? std::atoi(argv[2]) : 8080);
  tcp_listener listener({asio::ip::address_v4::loopback(), port});
  asio::signal_set signals(weft::asio::context(), SIGINT, SIGTERM);
  std::printf("listening on port %d\n", listener.local_endpoint().port());
  std::fflush(stdout);
  auto accepting = weft::spawn(accept_all, std::ref(here), std::ref(listener));
  auto sweeping = weft::spawn(sweep_all, std::ref(here));

  signals.async_wait(weft::asio::use_fiber);
  accepting.cancel();
  accepting.join();
  listener.close();
  here.ends = true;
  const auto last = clock_type::now() + finish_limit;
  while (!here.sessions.empty() && clock_type::now() < last) {
    sweep(here);
    weft::this_fiber::sleep_for(10ms);
  }
  for (session& each : here.sessions)
    each.peer.close();
  while (!here.sessions.empty())
    weft::this_fiber::yield();
}
