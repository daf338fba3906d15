// A Redis client. Many fibers share one connection: what they ask for at the same
// time goes out in one piece, and the answers come in order. hiredis writes the
// commands and reads the answers; it knows nothing of fibers or sockets.
//
//   redis_client [PORT]      runs a few commands on the server there

#include <weft/asio.h>
#include <weft/fiber.h>

#include <hiredis/hiredis.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

struct free_reply {
  void operator()(redisReply* r) const { freeReplyObject(r); }
};
using reply = std::unique_ptr<redisReply, free_reply>;

class redis {
public:
  // Connects, and begins to read and write.
  [[weft::fiber]] void open(asio::ip::tcp::endpoint where) {
    server.connect(where);
    reading = weft::spawn(read_all, std::ref(*this));
    writing = weft::spawn(write_all, std::ref(*this));
  }

  // Waits for the answer. A fiber that no longer waits does no harm: its answer is
  // dropped when it comes.
  [[weft::fiber]] reply command(std::vector<std::string> words) {
    if (gone)
      throw std::runtime_error("the server has gone");
    weft::promise<reply> answer;
    weft::future<reply> coming = answer.get_future();
    append(words);
    waiting.push_back(std::move(answer));
    wake_writer.try_send(true);
    return coming.get();
  }

  // Before its end, which cannot wait.
  [[weft::fiber]] void close() {
    if (reading) { // It has connected.
      reading.cancel();
      writing.cancel();
      reading.join();
      writing.join();
    }
    server.close();
  }

private:
  void append(const std::vector<std::string>& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string& each : words) {
      texts.push_back(each.data());
      sizes.push_back(each.size());
    }
    char* made = nullptr;
    const auto size = redisFormatCommandArgv(&made, static_cast<int>(words.size()), texts.data(), sizes.data());
    if (size < 0)
      throw std::bad_alloc();
    output.append(made, static_cast<std::size_t>(size));
    redisFreeCommand(made);
  }

  [[weft::fiber]] static void write_all(redis& self) {
    asio::error_code error; // The reader hears of it, too.
    while (!error && self.wake_writer.receive()) {
      const std::string batch = std::exchange(self.output, std::string());
      self.server.write(asio::buffer(batch), error);
    }
  }

  [[weft::fiber]] static void read_all(redis& self) {
    char data[16 * 1024];
    asio::error_code error;
    while (const std::size_t n = self.server.read_some(asio::buffer(data), error))
      if (!self.take(data, n))
        break;
    self.gone = true;
    for (weft::promise<reply>& each : self.waiting)
      each.set_exception(std::make_exception_ptr(std::runtime_error("the server has gone")));
    self.waiting.clear();
  }

  // False: what came is not Redis.
  bool take(const char* data, std::size_t size) {
    if (redisReaderFeed(reader.get(), data, size) != REDIS_OK)
      return false;
    for (;;) {
      void* found = nullptr;
      if (redisReaderGetReply(reader.get(), &found) != REDIS_OK)
        return false;
      if (found == nullptr)
        return true;
      reply answer(static_cast<redisReply*>(found));
      if (waiting.empty())
        return false;
      waiting.front().set_value(std::move(answer));
      waiting.pop_front();
    }
  }

  struct free_reader {
    void operator()(redisReader* r) const { redisReaderFree(r); }
  };
  std::unique_ptr<redisReader, free_reader> reader{redisReaderCreate()};
  weft::asio::tcp_stream server;
  bool gone = false;
  std::string output; // what is to be written
  weft::channel<bool> wake_writer{1};
  std::deque<weft::promise<reply>> waiting; // in the order of the commands
  weft::task<void> reading, writing;
};

static void count(redis& to, int times) {
  for (int i = 0; i < times; ++i)
    to.command({"INCR", "weft:count"});
}

static void show(const char* what, const reply& r) {
  if (r->type == REDIS_REPLY_INTEGER)
    std::printf("%s: %lld\n", what, r->integer);
  else if (r->type == REDIS_REPLY_NIL)
    std::printf("%s: nothing\n", what);
  else
    std::printf("%s: %s\n", what, r->str);
}

static void talk(redis& to) {
  show("delete", to.command({"DEL", "weft:count", "weft:text", "weft:list"}));
  weft::with_scope([&](weft::scope& fibers) {
    for (int i = 0; i < 100; ++i)
      fibers.spawn(count, std::ref(to), 10);
  });
  show("counted by 100 fibers", to.command({"GET", "weft:count"}));
  show("set", to.command({"SET", "weft:text", "spaces and\nlines"}));
  show("increment of a text", to.command({"INCR", "weft:text"}));

  // Nobody pushes anything: the fiber gives up long before the server does.
  auto pushed = weft::with_timeout(50ms, [&] { return to.command({"BLPOP", "weft:list", "0.3"}); });
  std::printf("in 50 ms: %s\n", pushed ? "an answer" : "no answer");
  // That answer comes first, and is not taken for this one.
  show("length of the text", to.command({"STRLEN", "weft:text"}));
}

static asio::ip::tcp::endpoint endpoint(const char* port) {
  return {asio::ip::address_v4::loopback(), static_cast<unsigned short>(std::atoi(port))};
}

[[weft::fiber]] int main(int argc, char** argv) {
  redis client;
  int status = 0;
  try {
    client.open(endpoint(argc > 1 ? argv[1] : "6379"));
    talk(client);
  } catch (const std::exception& error) {
    std::printf("%s\n", error.what());
    status = 1;
  }
  client.close();
  return status;
}
