// Fetches all pages of a server that can be reached by links from the first, many at
// a time: each link found becomes a fiber of one scope, which ends when nothing is
// left to fetch. A semaphore bounds the connections.
//
//   crawler PORT [CONNECTIONS]       for examples/http_server

#include <weft/asio.h>
#include <weft/fiber.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>

using weft::asio::tcp_stream;

struct crawl {
  asio::ip::tcp::endpoint server;
  weft::semaphore connections;
  std::map<std::string, int> status; // of each page; 0: on its way
  int open = 0, most_open = 0;

  crawl(asio::ip::tcp::endpoint server, int connections)
      : server(server), connections(static_cast<std::size_t>(connections)) {}
};

// The whole answer; the server closes behind it.
static std::string fetch(crawl& all, std::string path) {
  tcp_stream peer;
  peer.connect(all.server);
  const std::string request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  peer.write(asio::buffer(request));
  std::string answer;
  asio::error_code end;
  asio::async_read(peer.socket(), asio::dynamic_buffer(answer), weft::asio::use_fiber[end]);
  if (end != asio::error::eof)
    throw std::system_error(end);
  return answer;
}

// Calls `visit` with the target of each link to a page of the same server.
template <class Visit> static void for_each_link(const std::string& page, Visit visit) {
  const std::string begin = "href=\"/";
  for (std::size_t at = 0; (at = page.find(begin, at)) != std::string::npos;) {
    at += begin.size() - 1;
    visit(page.substr(at, page.find('"', at) - at));
  }
}

static void visit(crawl& all, weft::scope& fibers, std::string path) {
  std::string answer;
  all.connections.acquire();
  all.most_open = std::max(all.most_open, ++all.open);
  try {
    answer = fetch(all, path);
  } catch (const std::system_error& error) {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), error.what());
  }
  --all.open;
  all.connections.release();
  all.status[path] = answer.size() > 12 ? std::atoi(answer.c_str() + 9) : -1;
  for_each_link(answer, [&](std::string link) {
    if (all.status.emplace(link, 0).second)
      fibers.spawn(visit, std::ref(all), std::ref(fibers), std::move(link));
  });
}

[[weft::fiber]] int main(int argc, char** argv) {
  if (argc < 2)
    return 2;
  crawl all({asio::ip::address_v4::loopback(), static_cast<unsigned short>(std::atoi(argv[1]))},
            argc > 2 ? std::atoi(argv[2]) : 16);
  all.status["/"] = 0;
  weft::with_scope([&](weft::scope& fibers) {
    fibers.spawn(visit, std::ref(all), std::ref(fibers), std::string("/"));
  });
  for (const auto& [path, status] : all.status)
    std::printf("%d %s\n", status, path.c_str());
  std::fprintf(stderr, "%zu pages, at most %d at a time\n", all.status.size(), all.most_open);
}
