// HTTP/1.1 requests, read piece by piece by llhttp, the parser of Node.js: what it
// accepts is what the RFCs allow, and it has been attacked for years. No fibers
// here: who has bytes feeds them.

#ifndef REQUEST_H
#define REQUEST_H

#include <llhttp.h>

#include <cstddef>
#include <string>

struct request {
  std::string method, target, body;
  bool keep_alive = false;
  bool http_1_0 = false;
};

/// What a server takes; what is longer is an error.
struct request_limits {
  std::size_t target = 4 * 1024;
  std::size_t head = 16 * 1024;
  std::size_t body = 1024 * 1024;
};

/// Reads the requests of one connection, one after the other. Not movable: the
/// parser points at it.
class request_parser {
public:
  request_parser();
  request_parser(const request_parser&) = delete;
  request_parser& operator=(const request_parser&) = delete;

  /// Takes bytes up to the end of the request, and returns how many.
  std::size_t feed(const char* data, std::size_t size);

  /// Whether `current` is whole. `start_next` forgets it.
  bool complete() const { return done; }
  /// The status to refuse it with; 0: nothing is wrong.
  int error() const { return status; }
  /// Whether bytes of a request have come.
  bool started() const { return begun; }
  /// Whether the client waits for `100 Continue`; asked once.
  bool wants_continue();
  void start_next();

  request current;

private:
  static request_parser& of(llhttp_t* parser);
  static const llhttp_settings_t& callbacks();
  int append(std::string& to, const char* data, std::size_t size,
             std::size_t limit, int status_beyond);
  int refuse(int with);
  int end_head();

  llhttp_t parser;
  std::string name, value; ///< of the header that is being read
  std::size_t head_bytes = 0;
  int status = 0;
  bool begun = false, done = false, has_host = false, expects = false;
};

#endif // REQUEST_H
