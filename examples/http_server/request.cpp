// How llhttp's callbacks make a request.

#include "request.h"

#include <strings.h>

static constexpr request_limits limits;

request_parser::request_parser() {
  llhttp_init(&parser, HTTP_REQUEST, &callbacks());
  parser.data = this;
}

request_parser& request_parser::of(llhttp_t* parser) {
  return *static_cast<request_parser*>(parser->data);
}

int request_parser::refuse(int with) {
  status = with;
  return HPE_USER;
}

int request_parser::append(std::string& to, const char* data, std::size_t size,
                           std::size_t limit, int status_beyond) {
  if (to.size() + size > limit)
    return refuse(status_beyond);
  to.append(data, size);
  return HPE_OK;
}

/// What the server looks at of the headers.
int request_parser::end_head() {
  if (parser.method == HTTP_CONNECT)
    return refuse(501);
  current.method = llhttp_method_name(static_cast<llhttp_method_t>(parser.method));
  current.http_1_0 = parser.http_major == 1 && parser.http_minor == 0;
  current.keep_alive = llhttp_should_keep_alive(&parser) != 0;
  if (parser.http_major != 1)
    return refuse(505);
  if (!has_host && !current.http_1_0) // RFC 9112, 3.2.
    return refuse(400);
  if (parser.content_length > limits.body)
    return refuse(413);
  return HPE_OK;
}

const llhttp_settings_t& request_parser::callbacks() {
  static const llhttp_settings_t all = [] {
    llhttp_settings_t to;
    llhttp_settings_init(&to);
    to.on_message_begin = [](llhttp_t* p) {
      of(p).begun = true;
      return int(HPE_OK);
    };
    to.on_url = [](llhttp_t* p, const char* at, std::size_t size) {
      return of(p).append(of(p).current.target, at, size, limits.target, 414);
    };
    to.on_header_field = [](llhttp_t* p, const char* at, std::size_t size) {
      of(p).head_bytes += size;
      return of(p).append(of(p).name, at, size, limits.head, 431);
    };
    to.on_header_value = [](llhttp_t* p, const char* at, std::size_t size) {
      of(p).head_bytes += size;
      return of(p).append(of(p).value, at, size, limits.head, 431);
    };
    to.on_header_value_complete = [](llhttp_t* p) {
      request_parser& self = of(p);
      if (self.head_bytes > limits.head)
        return self.refuse(431);
      self.has_host |= strcasecmp(self.name.c_str(), "host") == 0;
      self.expects |= strcasecmp(self.name.c_str(), "expect") == 0 &&
                      strcasecmp(self.value.c_str(), "100-continue") == 0;
      self.name.clear();
      self.value.clear();
      return int(HPE_OK);
    };
    to.on_headers_complete = [](llhttp_t* p) { return of(p).end_head(); };
    to.on_body = [](llhttp_t* p, const char* at, std::size_t size) {
      return of(p).append(of(p).current.body, at, size, limits.body, 413);
    };
    to.on_message_complete = [](llhttp_t* p) {
      of(p).done = true;
      return int(HPE_PAUSED); // What follows is the next request's.
    };
    return to;
  }();
  return all;
}

std::size_t request_parser::feed(const char* data, std::size_t size) {
  const llhttp_errno_t how = llhttp_execute(&parser, data, size);
  if (how == HPE_OK)
    return size;
  if (how == HPE_PAUSED)
    return static_cast<std::size_t>(llhttp_get_error_pos(&parser) - data);
  if (how == HPE_PAUSED_UPGRADE) { // Offered, and not taken.
    llhttp_resume_after_upgrade(&parser);
    return static_cast<std::size_t>(llhttp_get_error_pos(&parser) - data);
  }
  if (status == 0)
    status = 400;
  return size;
}

bool request_parser::wants_continue() {
  const bool asked = expects && !done && status == 0 && !current.method.empty();
  if (asked)
    expects = false;
  return asked;
}

void request_parser::start_next() {
  llhttp_resume(&parser);
  current = request();
  name.clear();
  value.clear();
  head_bytes = 0;
  begun = done = has_host = expects = false;
}
