// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Asio's operations as calls that suspend: values, errors, cancellation.

// RUN: rm -rf %t && %io %s %t

#include "expect.h"

#include <weft/asio/use_fiber.h>
#include <weft/fiber.h>

#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/read.hpp>
#include <asio/read_until.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>

#include <cstring>
#include <string>
#include <thread>

using asio::ip::tcp;
using weft::asio::use_fiber;
using namespace std::chrono_literals;

// Two sockets that are connected.
struct pair_of_sockets {
  tcp::socket one{weft::asio::context()}, other{weft::asio::context()};
};
static void connect(pair_of_sockets& made) {
  tcp::acceptor acceptor(weft::asio::context(),
                         {asio::ip::address_v4::loopback(), 0});
  auto connecting = weft::spawn([](tcp::socket& from, tcp::endpoint to) {
    from.async_connect(to, use_fiber);
  }, std::ref(made.one), acceptor.local_endpoint());
  made.other = acceptor.async_accept(use_fiber);
  connecting.get();
}

static std::size_t echo(tcp::socket& peer) {
  std::size_t total = 0;
  char data[16];
  for (;;) {
    asio::error_code end;
    const std::size_t n = peer.async_read_some(asio::buffer(data), use_fiber[end]);
    if (end) {
      EXPECT(end == asio::error::eof);
      return total;
    }
    total += asio::async_write(peer, asio::buffer(data, n), use_fiber);
  }
}

static void talks() {
  pair_of_sockets both;
  connect(both);
  auto echoes = weft::spawn(echo, std::ref(both.other));
  for (int i = 0; i < 100; ++i) {
    const std::string sent(1 + i, static_cast<char>('a' + i % 26));
    // In the middle of an expression, and two of them in one.
    std::string back(sent.size(), ' ');
    EXPECT(asio::async_write(both.one, asio::buffer(sent), use_fiber) +
               asio::async_read(both.one, asio::buffer(back), use_fiber) ==
           2 * sent.size());
    EXPECT(back == sent);
  }
  asio::async_write(both.one, asio::buffer("a line\nand", 10), use_fiber);
  std::string line;
  const std::size_t n =
      asio::async_read_until(both.one, asio::dynamic_buffer(line), '\n', use_fiber);
  EXPECT(line.substr(0, n) == "a line\n");
  both.one.shutdown(tcp::socket::shutdown_send);
  EXPECT(echoes.get() == 5050 + 10);
}

static void errors() {
  tcp::socket nowhere(weft::asio::context());
  bool thrown = false;
  try {
    nowhere.async_connect({asio::ip::address_v4::loopback(), 1}, use_fiber);
  } catch (const std::system_error& refused) {
    thrown = true;
    EXPECT(refused.code() == asio::error::connection_refused);
    asio::steady_timer(weft::asio::context(), 1ms).async_wait(use_fiber);
  }
  EXPECT(thrown);

  asio::error_code how;
  nowhere.close();
  nowhere.async_connect({asio::ip::address_v4::loopback(), 1}, use_fiber[how]);
  EXPECT(how == asio::error::connection_refused);
  asio::steady_timer soon(weft::asio::context(), 1ms);
  soon.async_wait(use_fiber[how]);
  EXPECT(!how);

  // Asio's own adapters.
  nowhere.close();
  nowhere.async_connect({asio::ip::address_v4::loopback(), 1},
                        asio::redirect_error(use_fiber, how));
  EXPECT(how == asio::error::connection_refused);
}

static void posts() {
  asio::post(weft::asio::context(), use_fiber);
  asio::post(weft::asio::context().get_executor(), use_fiber);
}

// In a template, the instantiations tell.
template <class Socket> static std::size_t read_two(Socket& from) {
  char data[2];
  return asio::async_read(from, asio::buffer(data), use_fiber);
}
static void templates() {
  pair_of_sockets both;
  connect(both);
  asio::async_write(both.one, asio::buffer("ab", 2), use_fiber);
  EXPECT(read_two(both.other) == 2);
}

// Cancelling a fiber aborts what it waits for, and only that.
[[weft::fiber]] static bool is_cancelled(weft::task<void>& ended) {
  try {
    ended.get();
  } catch (const weft::fiber_error& error) {
    return error.code() == weft::fiber_errc::task_cancelled;
  }
  return false;
}

static bool unwound = false;
struct notes_end {
  ~notes_end() { unwound = true; }
};
static void reads_for_ever(tcp::socket& from) {
  notes_end guard;
  char data[8];
  asio::error_code ignored; // Even so.
  from.async_read_some(asio::buffer(data), use_fiber[ignored]);
  EXPECT(!"reached");
}
static void cancels() {
  pair_of_sockets both;
  connect(both);
  auto reader = weft::spawn(reads_for_ever, std::ref(both.other));
  auto writer = weft::spawn([](tcp::socket& to) {
    const std::string much(50'000'000, 'x'); // More than the kernel takes.
    asio::async_write(to, asio::buffer(much), use_fiber);
  }, std::ref(both.other));
  weft::this_fiber::sleep_for(5ms);
  EXPECT(!reader.done() && !writer.done());
  reader.cancel();
  reader.join();
  EXPECT(unwound);
  EXPECT(is_cancelled(reader));
  // The other one goes on.
  EXPECT(!writer.done());
  std::string all(50'000'000, ' ');
  EXPECT(asio::async_read(both.one, asio::buffer(all), use_fiber) == all.size());
  writer.get();
  EXPECT(both.other.is_open());

  // Composed ones too, and before they begin.
  auto composed = weft::spawn([](tcp::socket& from) {
    char data[8];
    asio::async_read(from, asio::buffer(data), use_fiber);
  }, std::ref(both.other));
  weft::this_fiber::sleep_for(1ms);
  composed.cancel();
  composed.join();
  auto cancels_itself = weft::spawn([](weft::task<void>& self, tcp::socket& from) {
    self.cancel();
    char data[8];
    asio::async_read(from, asio::buffer(data), use_fiber);
    EXPECT(!"reached");
  }, std::ref(composed), std::ref(both.other));
  composed = std::move(cancels_itself);
  composed.join();

  // What has come is not lost: the next wait throws.
  int steps = 0;
  auto late = weft::spawn([](tcp::socket& from, int& steps) {
    char data[1];
    from.async_read_some(asio::buffer(data), use_fiber);
    ++steps;
    from.async_read_some(asio::buffer(data), use_fiber);
    ++steps;
  }, std::ref(both.other), std::ref(steps));
  weft::this_fiber::yield();
  both.one.write_some(asio::buffer("12", 2));
  weft::asio::context().poll(); // Handled: the reader is ready.
  late.cancel();
  late.join();
  EXPECT(steps == 1);
}

// Asio's own cancellation arrives as weft's.
static void aborted() {
  pair_of_sockets both;
  connect(both);
  auto reader = weft::spawn([](tcp::socket& from) {
    char data[8];
    from.async_read_some(asio::buffer(data), use_fiber);
  }, std::ref(both.other));
  auto told = weft::spawn([](tcp::socket& from) {
    char data[8];
    asio::error_code how;
    from.async_read_some(asio::buffer(data), use_fiber[how]);
    return how;
  }, std::ref(both.one));
  weft::this_fiber::yield();
  both.other.cancel();
  both.one.close();
  EXPECT(told.get() == asio::error::operation_aborted);
  EXPECT(is_cancelled(reader));

  asio::steady_timer timer(weft::asio::context(), 1h);
  auto sleeper = weft::spawn([](asio::steady_timer& t) { t.async_wait(use_fiber); },
                             std::ref(timer));
  weft::this_fiber::yield();
  sleeper.cancel();
  sleeper.join();
}

// An ordinary function that is called inside a fiber cannot wait.
[[weft::fiber]] static void waits() {
  asio::steady_timer(weft::asio::context(), 1ms).async_wait(use_fiber);
}
static void driven() {
  void (*ordinary)() = waits;
  bool said = false;
  try {
    ordinary();
  } catch (const weft::fiber_error& error) {
    said = error.code() == weft::fiber_errc::cannot_suspend;
  }
  EXPECT(said);
}

// Other threads reach a thread that waits in its context.
static void threads() {
  weft::promise<int> promise;
  auto result = promise.get_future();
  std::thread other([p = std::move(promise)]() mutable {
    std::this_thread::sleep_for(5ms);
    p.set_value(7);
  });
  EXPECT(result.get() == 7);
  other.join();
}

int main() {
  weft::run(talks);
  weft::run(errors);
  weft::run(posts);
  weft::run(templates);
  weft::run(cancels);
  weft::run(aborted);
  weft::run(driven);
  weft::run(threads);
}
