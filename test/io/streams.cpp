// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Streams and listeners: data, ends, errors, back pressure, cancellation at every
// wait, and what a thread's end closes.

// RUN: rm -rf %t && %io %s %t

#include "expect.h"

#include <weft/asio.h>
#include <weft/fiber.h>

#include <cstring>
#include <dirent.h>
#include <string>
#include <thread>
#include <unistd.h>

using weft::asio::tcp_listener;
using weft::asio::tcp_stream;
using weft::asio::unix_listener;
using weft::asio::unix_stream;
using namespace std::chrono_literals;

static const asio::ip::tcp::endpoint anywhere(asio::ip::address_v4::loopback(), 0);

// Allocations, of the program and of Asio; fibers have memory of their own.
static long allocations = 0;
[[gnu::noinline]] void* operator new(std::size_t bytes) {
  ++allocations;
  return std::malloc(bytes);
}
[[gnu::noinline]] void operator delete(void* block) noexcept { std::free(block); }
[[gnu::noinline]] void operator delete(void* block, std::size_t) noexcept { std::free(block); }

static long open_files() {
  DIR* all = opendir("/proc/self/fd");
  long count = 0;
  while (readdir(all) != nullptr)
    ++count;
  closedir(all);
  return count;
}

template <class Stream> static std::size_t echo(Stream peer) {
  std::size_t total = 0;
  char data[1000];
  while (const std::size_t n = peer.read_some(asio::buffer(data))) {
    peer.write(asio::buffer(data, n));
    total += n;
  }
  return total;
}

template <class Stream, class Listener, class Endpoint>
static void talk(Listener& listener, const Endpoint& where) {
  Stream client;
  weft::task<std::size_t> server = weft::spawn([](Listener& l) {
    Stream peer = l.accept();
    return echo(std::move(peer));
  }, std::ref(listener));
  client.connect(where);
  for (const char* each : {"a", "bc", "def"}) {
    client.write(asio::buffer(each, std::strlen(each)), asio::buffer("\n", 1));
    char back[16] = "";
    EXPECT(client.read(asio::buffer(back, std::strlen(each) + 1)) == std::strlen(each) + 1);
    EXPECT(std::string(back) == std::string(each) + "\n");
  }
  asio::error_code error;
  client.shutdown_send(error);
  char last[1];
  EXPECT(client.read_some(asio::buffer(last)) == 0);
  EXPECT(client.read(asio::buffer(last)) == 0);
  EXPECT(server.get() == 9);
}
static void talks() {
  tcp_listener listener(anywhere);
  talk<tcp_stream>(listener, listener.local_endpoint());
  const std::string path = "/tmp/weft-streams-" + std::to_string(getpid());
  unix_listener local(asio::local::stream_protocol::endpoint{path});
  talk<unix_stream>(local, local.local_endpoint());
  unlink(path.c_str());
}

struct connection {
  tcp_listener listener{anywhere};
  tcp_stream one, other;
};
static void connect(connection& made) {
  auto connecting = weft::spawn([](tcp_stream& from, asio::ip::tcp::endpoint to) {
    from.connect(to);
  }, std::ref(made.one), made.listener.local_endpoint());
  made.other = made.listener.accept();
  connecting.get();
}

// More than fits in the kernel, both ways at once.
static void much() {
  connection both;
  connect(both);
  auto echoes = weft::spawn([](tcp_stream& peer) { return echo(std::move(peer)); },
                            std::ref(both.other));
  std::string sent(20'000'000, ' '), back(sent.size(), ' ');
  for (std::size_t i = 0; i < sent.size(); ++i)
    sent[i] = static_cast<char>(i * 7 + i / 1000);
  auto reads = weft::spawn([](tcp_stream& from, std::string& to) {
    return from.read(asio::buffer(to));
  }, std::ref(both.one), std::ref(back));
  both.one.write(asio::buffer(sent.data(), 5), asio::buffer(sent.data() + 5, sent.size() - 5));
  EXPECT(reads.get() == sent.size());
  EXPECT(back == sent);
  both.one.close();
  EXPECT(echoes.get() == sent.size());
}

static void errors() {
  asio::error_code error;
  tcp_stream nowhere;
  nowhere.connect({asio::ip::address_v4::loopback(), 1}, error);
  EXPECT(error == asio::error::connection_refused);
  char data[4];
  tcp_stream never_opened;
  EXPECT(never_opened.read_some(asio::buffer(data), error) == 0);
  EXPECT(error == asio::error::bad_descriptor);

  connection both;
  connect(both);
  bool thrown = false;
  both.other.socket().set_option(asio::socket_base::linger(true, 0));
  both.other.close(); // Resets.
  try {
    both.one.read_some(asio::buffer(data));
  } catch (const std::system_error& reset) {
    thrown = reset.code() == asio::error::connection_reset;
  }
  EXPECT(thrown);
  both.one.write(asio::buffer("x", 1), error);
  EXPECT(error == asio::error::broken_pipe);
}

// A wait for readiness alone, and a read behind it that does not wait.
static void readiness() {
  connection both;
  connect(both);
  auto waits = weft::spawn([](tcp_stream& s) {
    s.wait_readable();
    char data[8];
    return s.read_some(asio::buffer(data));
  }, std::ref(both.other));
  weft::this_fiber::sleep_for(2ms);
  EXPECT(!waits.done());
  both.one.write(asio::buffer("abc", 3));
  EXPECT(waits.get() == 3);
}

// Cancelled at its k-th wait, for all k.
static void steps(tcp_stream& s, int& passed) {
  char data[2];
  s.wait_readable();
  ++passed;
  s.read(asio::buffer(data));
  ++passed;
  s.read_some(asio::buffer(data));
  ++passed;
  const std::string big(30'000'000, 'x');
  s.write(asio::buffer(big));
  ++passed;
}
static void cancels() {
  for (int k = 0; k < 4; ++k) {
    connection both;
    connect(both);
    int passed = 0;
    auto worker = weft::spawn(steps, std::ref(both.other), std::ref(passed));
    if (k > 0)
      both.one.write(asio::buffer("a", 1));
    weft::this_fiber::sleep_for(2ms);
    if (k > 1)
      both.one.write(asio::buffer("b", 1));
    weft::this_fiber::sleep_for(2ms);
    if (k > 2)
      both.one.write(asio::buffer("c", 1));
    weft::this_fiber::sleep_for(2ms);
    EXPECT(passed == k);
    worker.cancel();
    worker.join();
    EXPECT(passed == k);
    // The stream is as it was.
    EXPECT(both.other.is_open());
    both.one.write(asio::buffer("rest", 4));
  }
  tcp_listener listener(anywhere);
  auto accepts = weft::spawn([](tcp_listener& l) { l.accept(); }, std::ref(listener));
  weft::this_fiber::yield();
  accepts.cancel();
  accepts.join();
}

// Another fiber closes what this one waits on.
static void closes() {
  connection both;
  connect(both);
  auto reads = weft::spawn([](tcp_stream& s) {
    char data[8];
    asio::error_code how;
    s.read_some(asio::buffer(data), how);
    return how;
  }, std::ref(both.other));
  weft::this_fiber::sleep_for(1ms);
  both.other.close();
  EXPECT(reads.get() == asio::error::operation_aborted);
  auto accepts = weft::spawn([](tcp_listener& l) { l.accept(); }, std::ref(both.listener));
  weft::this_fiber::sleep_for(1ms);
  both.listener.close();
  accepts.join();
}

// Nothing is allocated when a fiber waits.
static void allocates_nothing() {
  connection both;
  connect(both);
  auto echoes = weft::spawn([](tcp_stream& peer) { return echo(std::move(peer)); },
                            std::ref(both.other));
  long before = 0;
  for (int i = 0; i < 1000; ++i) {
    if (i == 10)
      before = allocations;
    both.one.write(asio::buffer("abc", 3));
    char back[3];
    both.one.read(asio::buffer(back));
    asio::error_code how;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               weft::asio::executor>
        timer(weft::asio::context(), 1us);
    timer.async_wait(weft::asio::use_fiber[how]);
  }
  EXPECT(allocations == before);
  both.one.close();
  echoes.get();
}

// What is left when a thread ends is ended with it.
static bool ended = false;
struct notes_end {
  ~notes_end() { ended = true; }
};
static void left_behind() {
  connection both;
  connect(both);
  weft::spawn([](tcp_stream s) {
    notes_end guard;
    char data[1];
    s.read_some(asio::buffer(data));
  }, std::move(both.other)).detach();
  weft::this_fiber::sleep_for(1ms);
}

int main() {
  weft::run(talks);
  const long before = open_files();
  weft::run(talks);
  weft::run(much);
  weft::run(errors);
  weft::run(readiness);
  weft::run(cancels);
  weft::run(closes);
  weft::run(allocates_nothing);
  EXPECT(open_files() == before);

  std::thread([] { weft::run(left_behind); }).join();
  EXPECT(ended);
  EXPECT(open_files() == before);
}
