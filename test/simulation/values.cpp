// Channels, select and futures in a thousand orders, and with a fault at every
// pause: nothing is lost, handed out twice, or out of order.

// RUN: mkdir -p %t && cd %t
// RUN: %weft %gxx -std=c++17 -O1 -Wall -Wextra -Werror -I%runtime %s %libweft -o values && ./values %seeds
// RUN: %weft %clangxx -std=c++17 -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror -I%runtime %s %libweft -o sanitized && ./sanitized 1

#include "Inputs/scenario.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace {

/// A number that is somewhere once; `alive` counts those that hold one.
class item {
public:
  item(int producer, int number, int& alive)
      : producer(producer), number(number), alive(&alive) {
    ++alive;
  }
  item(item&& other) noexcept
      : producer(other.producer), number(other.number),
        alive(std::exchange(other.alive, nullptr)) {}
  item& operator=(item&&) = delete;
  ~item() {
    if (alive != nullptr)
      --*alive;
  }

  int producer, number;

private:
  int* alive;
};

/// Closes a channel when the last of them is gone, those that never began
/// included.
class user {
public:
  user(int& count, weft::channel<item>& of) : count(&count), of(of) { ++count; }
  user(user&& other) noexcept : count(std::exchange(other.count, nullptr)), of(other.of) {}
  ~user() {
    if (count != nullptr && --*count == 0)
      of.close();
  }

private:
  int* count;
  weft::channel<item>& of;
};

/// What has come out: each item once.
class receipts {
public:
  void take(const item& one) {
    is_good &= seen.insert({one.producer, one.number}).second;
  }
  int count() const { return static_cast<int>(seen.size()); }
  bool is_good = true;

private:
  std::set<std::pair<int, int>> seen;
};

/// The same for one receiver: each producer's in order.
class receiver {
public:
  explicit receiver(receipts& all) : all(all) {}
  void take(const item& one) {
    all.take(one);
    all.is_good &= one.number >= next[one.producer];
    next[one.producer] = one.number + 1;
  }

private:
  receipts& all;
  int next[2] = {0, 0};
};

class channels {
public:
  explicit channels(std::size_t capacity) : line(capacity) {}

  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      all.spawn([this, one = user(producers, line)] { produces(0); });
      all.spawn([this, one = user(producers, line)] { produces_in_time(1); });
      all.spawn([this, one = user(consumers, line)] { consumes(); });
      all.spawn([this, one = user(consumers, line)] { consumes_in_time(); });
    });
  }
  bool holds() const {
    return line.size() <= line.capacity() && got.is_good && got.count() <= sent + waiting;
  }
  bool is_over(bool whole) const {
    return waiting == 0 && alive == static_cast<int>(line.size()) &&
           (!whole || (got.count() == 6 && sent == 6 && alive == 0));
  }

private:
  [[weft::fiber]] void produces(int producer) {
    for (int i = 0; i < 3; ++i) {
      const counted one(waiting);
      sent += line.send(item(producer, i, alive));
    }
  }
  [[weft::fiber]] void produces_in_time(int producer) {
    for (int i = 0; i < 3; ++i) {
      const counted one(waiting);
      while (!line.closed() && !line.send_for(item(producer, i, alive), 3ms))
        weft::this_fiber::yield();
      sent += !line.closed();
    }
  }
  [[weft::fiber]] void consumes() {
    receiver own(got);
    for (item& each : line) {
      own.take(each);
      weft::this_fiber::sleep_for(2ms);
    }
  }
  [[weft::fiber]] void consumes_in_time() {
    receiver own(got);
    while (!line.closed() || line.size() != 0) {
      if (auto one = line.receive_for(1ms))
        own.take(*one);
      weft::this_fiber::sleep_for(4ms);
    }
  }

  weft::channel<item> line;
  receipts got;
  int producers = 0, consumers = 0, sent = 0, waiting = 0, alive = 0;
};

struct unbuffered : channels {
  unbuffered() : channels(0) {}
};
struct buffered : channels {
  buffered() : channels(2) {}
};

/// One passes items on from two channels to a third, by select.
class selects {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      all.spawn([this, one = user(left_users, left)] { produces(left, 0); });
      all.spawn([this, one = user(right_users, right)] { produces(right, 1); });
      all.spawn([this, one = user(left_users_out, left), two = user(right_users_out, right),
                 three = user(out_users, out)] { passes_on(); });
      all.spawn([this, one = user(out_users_out, out)] { consumes(); });
    });
  }
  bool holds() const { return got.is_good && got.count() <= passed + 1 && passed <= 6; }
  bool is_over(bool whole) const {
    return alive == static_cast<int>(out.size() + right.size()) &&
           (!whole || (got.count() == 6 && passed == 6 && ticks > 0));
  }

private:
  [[weft::fiber]] void produces(weft::channel<item>& into, int producer) {
    for (int i = 0; i < 3; ++i) {
      into.send(item(producer, i, alive));
      weft::this_fiber::sleep_for(producer == 0 ? 2ms : 3ms);
    }
  }
  [[weft::fiber]] void passes_on() {
    while (const std::optional<item> one = comes_next()) {
      bool sent = false;
      while (!sent && !out.closed()) {
        item copy(one->producer, one->number, alive);
        ticks += weft::select(weft::on_send(out, std::move(copy), &sent), weft::after(1ms));
      }
      passed += sent;
    }
  }
  [[weft::fiber]] std::optional<item> comes_next() {
    std::optional<item> one;
    while (!one && !(is_done(left) && is_done(right)))
      if (is_done(left))
        weft::select(weft::on_receive(right, one), weft::after(1ms));
      else if (is_done(right))
        weft::select(weft::on_receive(left, one), weft::after(1ms));
      else
        weft::select(weft::on_receive(left, one), weft::on_receive(right, one));
    return one;
  }
  static bool is_done(const weft::channel<item>& one) { return one.closed() && one.size() == 0; }
  [[weft::fiber]] void consumes() {
    receiver own(got);
    for (item& each : out) {
      own.take(each);
      weft::this_fiber::sleep_for(4ms);
    }
  }

  weft::channel<item> left, right{1}, out;
  receipts got;
  int left_users = 0, left_users_out = 0, right_users = 0, right_users_out = 0, out_users = 0,
      out_users_out = 0;
  int passed = 0, ticks = 0, alive = 0;
};

/// Promises that are kept, broken, or waited for in vain for a while. The hours
/// pass at once: there is no other thread that could keep them.
class futures {
public:
  [[weft::fiber]] void run() {
    std::vector<weft::future<item>> results;
    std::vector<weft::promise<item>> promises(3);
    for (weft::promise<item>& each : promises)
      results.push_back(each.get_future());
    weft::with_scope([&, this](weft::scope& all) {
      all.spawn([this, kept = std::move(promises)]() mutable {
        for (int i = 0; i < 3; ++i) {
          weft::this_fiber::sleep_for(1h);
          ++set;
          kept[i].set_value(0, i, alive);
        }
      });
      all.spawn([this, &results] { take(results[0]); });
      all.spawn([this, &results] {
        while (!results[1].wait_for(45min))
          ++in_vain;
        take(results[1]);
      });
      all.spawn([this, &results] {
        weft::select(weft::on_ready(results[2]), weft::after(9h));
        take(results[2]);
      });
    });
  }
  bool holds() const { return got.count() <= set; }
  bool is_over(bool whole) const {
    return alive == 0 && (!whole || (got.count() == 3 && in_vain > 0));
  }

private:
  [[weft::fiber]] void take(weft::future<item>& from) {
    try {
      got.take(from.get());
    } catch (const weft::fiber_error&) { // Broken: who was to keep it is gone.
    }
  }

  receipts got;
  int set = 0, in_vain = 0, alive = 0;
};

const entry table[] = {
    {"channel", stands<unbuffered>},
    {"buffered channel", stands<buffered>},
    {"select", stands<selects>},
    {"future", stands<futures>},
};

} // namespace

int main(int argc, char** argv) { return try_all(table, argc, argv); }
